import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdsTerminalCookie } from '@muster/auth/terminal/terminal-cookie';
import { TerminalLink } from './terminal-link';

describe('the links in the terminal', () => {
  let server: Server;
  let terminal: TerminalLink;
  beforeAll(async () => {
    server = createServer((request, response) => handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    terminal = new TerminalLink(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const handle = terminal.before((_request, response) => void response.end('the web app'));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const open = (link: string, headers: Record<string, string> = {}, method = 'GET') => fetch(link, { headers, method, redirect: 'manual' });
  const cookieOf = (answer: Response): string | undefined => answer.headers.getSetCookie()[0]?.split(';', 1)[0];

  it('are traded for a cookie and lead to an address without the key', async () => {
    const answer = await open(terminal.linkTo('/'));
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control'), answer.headers.get('referrer-policy')]).toEqual([303, '/', 'no-store', 'no-referrer']);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-muster-terminal=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(holdsTerminalCookie(cookieOf(answer), terminal.secret)).toBe(true);
  });

  it('can be opened again, but for those that sign in', async () => {
    const [often, once] = [terminal.linkTo('/'), terminal.linkOnceTo('/dev/look-around/worker')];
    expect([(await open(often)).status, (await open(often)).status]).toEqual([303, 303]);
    const first = await open(once);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/dev/look-around/worker']);
    const second = await open(once);
    expect([second.status, cookieOf(second)]).toEqual([404, undefined]);
    const sameBrowser = await open(once, { cookie: cookieOf(first) ?? '' });
    expect([sameBrowser.status, sameBrowser.headers.get('location')]).toEqual([303, '/']);
  });

  it('open once, however many open one at the same moment', async () => {
    const once = terminal.linkOnceTo('/dev/look-around/worker');
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(once)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it.each(['', '?key=', '?key=wrong', `?key=${'x'.repeat(32)}`])('open nothing without their key: %s', async (query) => {
    const answer = await open(terminal.linkTo('/').replace(/\?.*/, query));
    expect([answer.status, cookieOf(answer)]).toEqual([404, undefined]);
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])('open nothing behind a proxy that sends %s', async (header) => {
    expect((await open(terminal.linkTo('/'), { [header]: '203.0.113.9' })).status).toBe(404);
  });

  it('are of one start: the next one knows none of them', async () => {
    const next = new TerminalLink('http://localhost');
    const answer = await open(terminal.linkTo('/'));
    expect(holdsTerminalCookie(cookieOf(answer), next.secret)).toBe(false);
  });

  it('are used by nothing but a GET, and leave the rest of the web app alone', async () => {
    const once = terminal.linkOnceTo('/');
    expect((await open(once, {}, 'HEAD')).status).toBe(404);
    expect((await open(once)).status).toBe(303);
    for (const path of ['/', '/dev/outbox', '/dev/opens']) expect(await (await fetch(new URL(path, once))).text()).toBe('the web app');
  });
});
