import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@muster/platform/testing/eventually';
import { freePort } from '@muster/platform/testing/free-port';
import { Client } from 'pg';
import { runChild, type Child } from '../test/run-child';

let folder: string;
let origin: string;
let child: Child;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-printed-'));
  mkdirSync(join(folder, 'frontend', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  writeFileSync(join(folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
  const port = await freePort();
  origin = `http://localhost:${port}`;
  child = runChild('standalone-program.ts', [folder, '--port', String(port), '--demo']);
  await child.says(/Ready/);
});
afterAll(async () => {
  child.process.kill('SIGTERM');
  await child.exited;
  rmSync(folder, { recursive: true, force: true });
});

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
  // The folder of the database's files, which differs if the database's account cannot reach the data folder.
  const files = / its files are in (\S+)\.$/m.exec(child.output())?.[1] ?? join(folder, '.muster/data/postgres');
  const note = readFileSync(join(files, 'postmaster.pid'), 'utf8');
  const client = new Client({ host: note.split('\n')[4] ?? '', user: 'postgres', database });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const printed = (): string[] => child.output().split('\n').filter((line) => line.startsWith('{'));
const line = (...parts: string[]): Promise<void> =>
  eventually(() => expect(printed().some((each) => parts.every((part) => each.includes(part)))).toBe(true));

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
    // Nine attempts have failed, so the next one is the last.
    `insert into inbox_lanes (consumer, lane, attempts) values ('${consumer}', 'message:broken', 9)`,
  );
  await line('"service":"notification"', 'an event failed for good; its aggregate is parked', consumer);
});
