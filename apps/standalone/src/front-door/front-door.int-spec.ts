import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent as TlsAgent, get as getTls } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { FrontDoor } from './front-door';
import type { House } from './front-door';
import { serveWebApp } from './web-app';
import type { WebApp } from './web-app';

const script = `export const text = ${JSON.stringify('x'.repeat(2000))};`;
let folder: string;
let webApp: WebApp;
let door: FrontDoor;
let sick: string | undefined;

const rooms = Object.fromEntries(
  serviceNames.map((name) => [
    name,
    {
      handlePublic: (request: IncomingMessage, response: ServerResponse) => response.end(`${name} ${request.url ?? ''}`),
      handleUpgrade: (_request: IncomingMessage, socket: NodeJS.WritableStream) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\nhello'),
      health: () => (sick === 'throws' ? Promise.reject(new Error('gone')) : Promise.resolve({ ready: sick !== name, checks: new Map() })),
    },
  ]),
) as unknown as House['rooms'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Muster</title>');
  writeFileSync(join(folder, 'assets', 'main-Ab12Cd34.js'), script);
  writeFileSync(join(folder, 'assets', 'main-Ab12Cd34.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'assets', 'main-Ab12Cd34.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'sw.js'), '');
  writeFileSync(join(folder, 'script-sources.txt'), "'sha256-Zm9v'\n");
  writeFileSync(join(folder, '.build-stamp'), 'private');
  webApp = await serveWebApp(folder, 'http://localhost:3000');
  door = await FrontDoor.open({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await door.close(0);
  await webApp.close();
  rmSync(folder, { recursive: true });
});

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${door.port}${path}`, { headers, redirect: 'manual' });

describe('the front door', () => {
  it('says that it is starting until everybody is in', async () => {
    const answer = await ask('/api/v1/auth/sessions');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    const health = await ask('/health');
    expect([health.status, await health.json()]).toMatchObject([503, { status: 'starting' }]);
    door.letIn({ rooms, webApp: webApp.handle });
  });

  it('hands a request to its service, path and all', async () => {
    expect(await (await ask('/api/v1/users/me/worker-profile?a=1')).text()).toBe('user /api/v1/users/me/worker-profile?a=1');
    expect(await (await ask('/api/v1/notifications/inbox')).text()).toBe('notification /api/v1/notifications/inbox');
  });

  it('answers a problem document where nobody lives', async () => {
    const answer = await ask('/internal/v1/keys');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it.each([
    ['/internal/v1/keys', 404], ['/metrics/x', 404], ['/health/nothing', 404], ['/ws/', 404], ['/api/v2', 404], ['/health', 200], ['/health/live', 200],
    ['/health/ready', 200], ['/assets/gone-12345678.js', 404], ['/.build-stamp', 404], ['/%zz', 400], ['/..%2f..%2fetc%2fpasswd', 404], ['/jobs', 200],
  ])('guards its own answer at %s as those of the services', async (path, status) => {
    const { status: seen, headers } = await ask(path);
    expect([path, seen, headers.get('x-content-type-options')]).toEqual([path, status, 'nosniff']);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('answers that it lives while a service is not ready', async () => {
    sick = 'auth';
    const [live, health] = [await ask('/health/live'), await ask('/health')];
    sick = undefined;
    expect([live.status, health.status]).toEqual([200, 503]);
    expect(await live.json()).toMatchObject({ status: 'unhealthy' });
  });

  it('answers a page to a browser that offers another protocol', async () => {
    expect(await upgrade('/jobs', 'h2c')).toMatch(/^HTTP\/1\.1 200 [\s\S]*<title>Muster/);
  });

  it('ends requests for files that do not come, as all others', async () => {
    const bounded = await FrontDoor.open({ port: 0, host: '127.0.0.1', bounds: { receiveMs: 50 } });
    bounded.letIn({ rooms, webApp: webApp.handle });
    const heard = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(bounded.port, '127.0.0.1', () => socket.write('GET /icon.svg HTTP/1.1\r\nHost: x\r\nX-Slow: '));
      socket.on('data', (part) => (text += String(part))).on('close', () => resolve(text)).on('error', reject);
    });
    expect(heard).toMatch(/^HTTP\/1\.1 408/);
    await bounded.close(0);
  });

  it('passes a websocket upgrade to communication, and no other', async () => {
    expect(await upgrade('/ws')).toMatch(/101 Switching/);
    expect(await upgrade('/api/v1/communication/conversations')).toMatch(/404/);
    expect(await upgrade('/')).toMatch(/404/);
  });

  it('answers at ::1 too, wherever a machine has it', async () => {
    const here = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
    const answers = await fetch(`http://[::1]:${door.port}/health`).then((answer) => answer.status === 200, () => false);
    expect(answers).toBe(here);
  });

  it('is healthy only when all five are', async () => {
    expect((await ask('/health')).status).toBe(200);
    for (const name of [...serviceNames, 'throws']) {
      sick = name;
      expect((await ask('/health')).status).toBe(503);
    }
    sick = undefined;
  });

  it('refuses a taken port in a sentence', async () => {
    await expect(FrontDoor.open({ port: door.port, host: '127.0.0.1' })).rejects.toThrow(/Port \d+ is taken by another program\. .*--port/);
  });

  it('speaks TLS with a given pair', async () => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    const secure = await FrontDoor.open({ port: 0, host: '127.0.0.1', tls: { cert, key } });
    const agent = new TlsAgent({ rejectUnauthorized: false });
    const status = await new Promise((resolve, reject) =>
      getTls({ port: secure.port, path: '/health', agent }, (response) => resolve(response.resume().statusCode)).on('error', reject),
    );
    expect(status).toBe(503);
    const offering = await new Promise<string>((resolve, reject) => {
      const socket = connectTls({ port: secure.port, rejectUnauthorized: false }, () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'));
      socket.once('data', (part) => resolve(String(part))).on('error', reject).once('data', () => socket.destroy());
    });
    expect(offering).toMatch(/^HTTP\/1\.1 503 /);
    await secure.close(0);
    await expect(FrontDoor.open({ port: 0, host: '127.0.0.1', tls: { cert: key, key } })).rejects.toThrow(/certificate/);
  });
});

describe('the web app', () => {
  it('serves hashed files compressed and for ever, the page fresh each time', async () => {
    for (const encoding of ['br', 'gzip']) {
      const answer = await ask('/assets/main-Ab12Cd34.js', { 'accept-encoding': encoding });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(/javascript/);
      expect(await answer.text()).toBe(script);
    }
    for (const path of ['/', '/icon.svg', '/sw.js', '/jobs/some-id', '/dev/outbox']) expect((await ask(path)).headers.get('cache-control')).toBe('no-cache');
  });

  it('is one page for every address of its own, but never in place of a missing file', async () => {
    expect(await (await ask('/jobs/some-id?tab=1')).text()).toContain('<title>Muster');
    for (const path of ['/assets/gone-12345678.js', '/robots.txt', '/assets/', '/.build-stamp']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    expect(await (await ask('/..%2f..%2f..%2f..%2fetc%2fpasswd')).text()).not.toContain('root:');
  });

  it('lets the page load from here alone', async () => {
    const { headers } = await ask('/jobs/some-id');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    // The only script in the page is allowed by its hash, which the build writes beside it.
    expect(policy).toContain("script-src 'self' 'sha256-Zm9v';");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('answers a conditional request without the content', async () => {
    const etag = (await ask('/icon.svg')).headers.get('etag') ?? '';
    const status = await new Promise((resolve) =>
      get({ port: door.port, path: '/icon.svg', headers: { 'if-none-match': etag } }, (response) => resolve(response.resume().statusCode)),
    );
    expect(status).toBe(304);
  });
});

function upgrade(path: string, protocol = 'websocket'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(door.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`));
    let text = '';
    // The answer leaves the connection open, so the test recognises its end by the end of the page.
    socket.on('data', (part) => (text += String(part)).includes('</title>') && socket.end());
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

it('lets requests under way finish and asks their connections to end', async () => {
  let finish: () => void = () => undefined;
  const slow = { ...rooms.auth, handlePublic: (_request: IncomingMessage, response: ServerResponse) => (finish = () => response.end('late')) };
  const closing = await FrontDoor.open({ port: 0, host: '127.0.0.1' });
  closing.letIn({ rooms: { ...rooms, auth: slow } as House['rooms'], webApp: webApp.handle });
  closing.beginDrain();
  const answer = new Promise<IncomingMessage>((resolve, reject) => get({ port: closing.port, path: '/api/v1/auth/x' }, resolve).on('error', reject));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closed = closing.close(5000);
  finish();
  expect((await answer).headers.connection).toBe('close');
  (await answer).resume();
  await closed;
});
