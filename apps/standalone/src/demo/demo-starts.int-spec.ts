import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@muster/platform/testing/eventually';
import { Client } from 'pg';
import type { Child } from '../../test/run-child';
import { TemporaryProject } from '../../test/temporary-project';

jest.setTimeout(300_000);

let project: TemporaryProject;
let origin: string;
/** Started with --demo on an empty folder, and ended before the second start. */
let child: Child;

beforeAll(async () => {
  project = await TemporaryProject.make();
  origin = `http://localhost:${project.port}`;
  child = project.start(['--demo']);
  await child.says(/Ctrl-C ends Muster/);
});
afterAll(() => project.remove());

const keysIn = (text: string): string[] => [...text.matchAll(/\?key=([\w-]+)/g)].map(([, key = '']) => key);

function call(method: string, path: string, headers: Record<string, string> = {}, body: unknown = {}): Promise<Response> {
  const json = method === 'GET' ? {} : { body: JSON.stringify(body) };
  return fetch(`${origin}/api/v1${path}`, { method, headers: { origin, 'content-type': 'application/json', ...headers }, ...json });
}

async function signIn(): Promise<{ token: string; cookie: string }> {
  const [, email, password] = await child.says(/Sign in as contractor: (\S+)\s+(\S+)/);
  const answer = await call('POST', '/auth/sign-in', {}, { email, password });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { token: accessToken, cookie: refreshCookieIn(answer) };
}

function refreshCookieIn(answer: Response): string {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

async function inDatabase(database: string, ...statements: string[]): Promise<void> {
  // Where the database's files are, unless it runs as an account that can't reach the data folder.
  const files = / its files are in (\S+)\.$/m.exec(child.output())?.[1] ?? join(project.data, 'postgres');
  const note = readFileSync(join(files, 'postmaster.pid'), 'utf8');
  const client = new Client({ host: note.split('\n')[4] ?? '', user: 'postgres', database });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const printed = (): string[] => child.output().split('\n').filter((line) => line.startsWith('{'));
const line = (...parts: string[]): Promise<void> =>
  eventually(() => expect(printed().some((each) => parts.every((part) => each.includes(part)))).toBe(true));

describe('the first start of the demo', () => {
  it('prints that a stolen refresh token ended its session', async () => {
    const { cookie } = await signIn();
    let newest = cookie;
    for (let turn = 0; turn < 2; turn += 1) newest = refreshCookieIn(await call('POST', '/auth/refresh', { cookie: newest }, { attemptId: randomUUID() }));
    expect((await call('POST', '/auth/refresh', { cookie }, { attemptId: randomUUID() })).status).toBe(401);
    await line('"service":"auth"', 'an old refresh token was used again: the session has ended');
  });

  it('prints the cause of a 500, also after somebody has read the documents', async () => {
    expect((await fetch(`${origin}/api/v1/notifications/docs`)).status).toBe(200);
    const { token } = await signIn();
    await inDatabase('muster_notification', 'alter table notices rename to mislaid');
    expect((await call('GET', '/notifications/inbox', { authorization: `Bearer ${token}` })).status).toBe(500);
    await inDatabase('muster_notification', 'alter table mislaid rename to notices');
    await line('"service":"notification"', 'request failed', 'relation \\"notices\\" does not exist');
  });

  it('prints which aggregate was parked', async () => {
    const consumer = 'post-notice-when-message-is-sent';
    await inDatabase(
      'muster_notification',
      `insert into inbox (consumer, event_id, lane, producer, generation, sequence, envelope)
       select '${consumer}', gen_random_uuid(), 'message:broken', producer, generation, 0, jsonb_build_object('type', 'nothing.known.v1', 'id', gen_random_uuid())
       from received where producer = 'communication'`,
      // Nine attempts have failed, so that the next one is the last.
      `insert into inbox_lanes (consumer, lane, attempts) values ('${consumer}', 'message:broken', 9)`,
    );
    await line('"service":"notification"', 'an event failed for good; its aggregate is parked', consumer);
  });
});

describe('a later start on its folder, without being asked for the demo', () => {
  let port: number;
  let second: Child;
  /** As an operator adds it in a hurry: the path is passed on, and no header says that somebody else asks. */
  let proxy: Server;

  beforeAll(async () => {
    ({ port } = project);
    child.process.kill('SIGTERM');
    await child.exited;
    second = project.start([], { LOG_LEVEL: 'info', LOG_SAMPLE: '1' });
    await second.says(/Ctrl-C ends Muster/);
    proxy = createServer((asked, answer) => {
      const onward = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: { ...asked.headers, host: `127.0.0.1:${port}` } }, (found) => {
        answer.writeHead(found.statusCode ?? 502, found.headers);
        found.pipe(answer);
      });
      asked.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    proxy.close();
  });

  const linkOf = async (line: RegExp): Promise<string> => (await second.says(line))[1] ?? '';
  const open = (link: string) => fetch(link, { redirect: 'manual' });
  const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const api = (path: string, { cookie = '', body, at = port }: { cookie?: string; body?: unknown; at?: number } = {}) =>
    fetch(`http://localhost:${at}/api/v1/auth${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { origin: `http://localhost:${port}`, ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('prints how to look around, by links that are new', async () => {
    for (const hat of ['worker', 'contractor']) {
      await second.says(new RegExp(`^Look around as ${hat}: http://localhost:${port}/dev/open\\?key=\\S+ \\(good for one time\\)$`, 'm'));
      const [, email, password] = await second.says(new RegExp(`^Sign in as ${hat}: (\\S+)\\s+(\\S+)$`, 'm'));
      expect((await api('/sign-in', { body: { email, password } })).status).toBe(200);
    }
    const before = keysIn(child.output());
    expect(before).toHaveLength(3);
    expect(keysIn(second.output()).filter((key) => before.includes(key))).toEqual([]);
  });

  it('signs a browser in by such a link, and no second one', async () => {
    const link = await linkOf(/^Look around as worker: (\S+)/m);
    const opened = await open(link);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/dev/look-around/worker']);
    const answer = await api('/dev/look-around', { cookie: cookieOf(opened), body: { as: 'worker' } });
    expect([answer.status, await answer.json()]).toMatchObject([200, { roles: ['worker'] }]);
    expect((await open(link)).status).toBe(404);
  });

  it('offers both people to the browser that has opened the link, and its outbox, and to nobody else', async () => {
    const cookie = cookieOf(await open(await linkOf(/^Open (\S+)/m)));
    expect(await (await api('/dev/terminal', { cookie })).json()).toMatchObject({ isOpen: true, guests: ['worker', 'contractor'] });
    expect((await api('/dev/outbox', { cookie })).status).toBe(200);
    const { port: proxied } = proxy.address() as AddressInfo;
    for (const at of [port, proxied]) {
      expect(await (await api('/dev/terminal', { at })).json()).toMatchObject({ isOpen: false, guests: [] });
      expect((await api('/dev/outbox', { at })).status).toBe(404);
      expect((await api('/dev/look-around', { at, body: { as: 'worker' } })).status).toBe(404);
    }
  });

  it('has no key in any line but those that print the links', () => {
    const others = second.output().split('\n').filter((line) => !/^(Open|Look around as \w+:) /.test(line));
    for (const key of keysIn(second.output())) expect(others.some((line) => line.includes(key))).toBe(false);
  });
});
