import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '@muster/platform/testing/free-port';
import { runChild, type Child } from '../../test/run-child';

jest.setTimeout(300_000);

describe('a folder that holds the demo, started again without being asked for it', () => {
  let folder: string;
  let port: number;
  let child: Child;
  /** A careless proxy, which passes requests on without the headers that name the real client. */
  let proxy: Server;
  let before: string[];
  const start = (...args: string[]): Child => runChild('standalone-program.ts', [folder, '--port', String(port), ...args], { env: { LOG_LEVEL: 'info', LOG_SAMPLE: '1' } });
  const keysIn = (text: string): string[] => [...text.matchAll(/\?key=([\w-]+)/g)].map(([, key = '']) => key);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-demo-'));
    mkdirSync(join(folder, 'frontend', 'dist'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
    writeFileSync(join(folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
    port = await freePort();
    const first = start('--demo');
    await first.says(/Ctrl-C ends Muster/);
    before = keysIn(first.output());
    first.process.kill('SIGTERM');
    await first.exited;
    child = start();
    await child.says(/Ctrl-C ends Muster/);
    proxy = createServer((asked, answer) => {
      const onward = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: { ...asked.headers, host: `127.0.0.1:${port}` } }, (found) => {
        answer.writeHead(found.statusCode ?? 502, found.headers);
        found.pipe(answer);
      });
      asked.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    proxy.close();
    child.process.kill('SIGTERM');
    await child.exited;
    rmSync(folder, { recursive: true, force: true });
  });

  const linkOf = async (line: RegExp): Promise<string> => (await child.says(line))[1] ?? '';
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
      await child.says(new RegExp(`^Look around as ${hat}: http://localhost:${port}/dev/open\\?key=\\S+ \\(good for one time\\)$`, 'm'));
      const [, email, password] = await child.says(new RegExp(`^Sign in as ${hat}: (\\S+)\\s+(\\S+)$`, 'm'));
      expect((await api('/sign-in', { body: { email, password } })).status).toBe(200);
    }
    expect(before).toHaveLength(3);
    expect(keysIn(child.output()).filter((key) => before.includes(key))).toEqual([]);
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
    const others = child.output().split('\n').filter((line) => !/^(Open|Look around as \w+:) /.test(line));
    for (const key of keysIn(child.output())) expect(others.some((line) => line.includes(key))).toBe(false);
  });
});
