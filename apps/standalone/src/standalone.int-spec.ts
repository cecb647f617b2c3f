import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { databaseNames } from '@muster/platform/database/database-roles';
import { freePort } from '@muster/platform/testing/free-port';
import { Client } from 'pg';
import { runChild } from '../test/run-child';
import type { Child } from '../test/run-child';

let folder: string;
let port: number;
let children: Child[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-whole-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'frontend', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  writeFileSync(join(folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
  port = await freePort();
  children = [];
});
afterEach(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  await noneLeft(120_000);
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): Child {
  const child = runChild('standalone-program.ts', [folder, '--port', String(port), ...args]);
  children.push(child);
  return child;
}

/** The folder of the database's files: within the data folder, unless the database's account cannot reach it there. */
function filesOfDatabases(): string[] {
  const elsewhere = children.map((child) => / its files are in (\S+)\.$/m.exec(child.output())?.[1] ?? folder);
  return [...new Set([join(folder, '.muster/data/postgres'), ...elsewhere])];
}

/** Lists the database's processes, whose working directory is the data folder. */
function databaseProcesses(): string[] {
  const folders = [folder, ...filesOfDatabases()];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && folders.some((each) => readlinkSync(`/proc/${pid}/cwd`).startsWith(each));
    } catch {
      return false;
    }
  });
}

async function noneLeft(withinMs: number): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end && databaseProcesses().length > 0; ) await sleep(20);
  expect(databaseProcesses()).toEqual([]);
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  cookies: string;
}

async function call(method: string, path: string, { body, cookies = '', token }: { body?: unknown; cookies?: string; token?: string } = {}): Promise<Answer> {
  const response = await fetch(`http://localhost:${port}/api/v1${path}`, {
    method,
    headers: {
      origin: `http://localhost:${port}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookies && { cookie: cookies }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const set = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; ');
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown>, cookies: [cookies, set].filter(Boolean).join('; ') };
}

/** Runs a statement as the database's owner, through the socket named in the postmaster's pid file. */
async function inDatabase(statement: string): Promise<unknown[]> {
  const note = filesOfDatabases().map((files) => join(files, 'postmaster.pid')).find(existsSync);
  const sockets = readFileSync(note ?? '', 'utf8').split('\n')[4];
  const client = new Client({ host: sockets ?? '', user: 'postgres', database: 'muster_notification' });
  await client.connect();
  const { rows } = await client.query<object>(statement);
  await client.end();
  return rows;
}

const credentials = { email: 'asha@example.org', password: 'a long enough password' };

async function signUp(): Promise<{ token: string; cookies: string }> {
  const asked = await call('POST', '/auth/sign-up', { body: { ...credentials, dateOfBirth: '1990-05-17' } });
  expect(asked.status).toBe(202);
  const code = await codeFor(credentials.email);
  const confirmed = await call('POST', '/auth/sign-up/confirm', { body: { email: credentials.email, code }, cookies: asked.cookies });
  expect([confirmed.status, confirmed.body]).toMatchObject([200, { personId: expect.any(String) }]);
  return { token: String(confirmed.body['accessToken']), cookies: confirmed.cookies };
}

/** The cookie of a browser that opens the link printed by the newest start. */
async function terminalCookie(): Promise<string> {
  const [, link = ''] = (await children.at(-1)?.says(/^Open (\S+)/m)) ?? [];
  const answer = await fetch(link, { redirect: 'manual' });
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

async function codeFor(email: string): Promise<string> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(50)) {
    const outbox = await call('GET', '/auth/dev/outbox', { cookies: await terminalCookie() });
    const mails = outbox.body['items'] as { to: string; subject: string; body: string }[];
    const code = mails.filter(({ to }) => to === email).map(({ subject, body }) => /\b\d{6}\b/.exec(`${subject} ${body}`)?.[0])[0];
    if (code) return code;
  }
  throw new Error('no code came');
}

describe('Muster in one process', () => {
  it('brings five healthy services, keeps an account over kill -9, and ends cleanly on Ctrl-C', async () => {
    const first = start();
    await first.says(/Ready: http:\/\/localhost:\d+/);
    expect(await (await fetch(`http://localhost:${port}/health`)).json()).toMatchObject({ status: 'ok' });
    expect(await (await fetch(`http://localhost:${port}/jobs`)).text()).toContain('<title>Muster');
    const { token } = await signUp();
    expect((await call('GET', '/auth/account', { token })).body).toMatchObject({ email: credentials.email });

    await inDatabase("insert into inbox_lanes (consumer, lane, owner, due_at) values ('nobody', 'held', gen_random_uuid(), now() + interval '1 hour')");
    first.process.kill('SIGKILL');
    await noneLeft(120_000);
    const second = start();
    await second.says(/Ready/);
    expect(await inDatabase("select owner from inbox_lanes where lane = 'held'")).toEqual([{ owner: null }]); // the lease of the dead process
    expect((await call('POST', '/auth/sign-in', { body: credentials })).status).toBe(200);
    expect((await call('GET', '/auth/account', { token })).status).toBe(200); // signed by a key that survived the restart

    second.process.kill('SIGINT');
    expect(await second.exited).toEqual({ code: 0, signal: null });
    expect(databaseProcesses()).toEqual([]);
    expect(existsSync(join(folder, '.muster/data/muster.lock'))).toBe(false);
  });

  it('starts on a folder of data format 1, and whoever was signed in stays so', async () => {
    const first = start();
    await first.says(/Ready/);
    const { cookies } = await signUp();
    for (const service of serviceNames) await inDatabase(`alter role "${databaseNames(service).service}" rename to "${service}"`);
    first.process.kill('SIGKILL');
    await noneLeft(120_000);
    writeFileSync(join(folder, '.muster/data/format'), '1\n');

    await start().says(/Ready/);
    expect((await call('POST', '/auth/refresh', { body: { attemptId: randomUUID() }, cookies })).status).toBe(200);
    expect(await inDatabase("select from pg_roles where rolname = 'auth'")).toEqual([]);
    expect(readFileSync(join(folder, '.muster/data/format'), 'utf8')).toBe('2\n');
  });

  it('keeps its keys to itself', async () => {
    const child = start();
    await child.says(/Ready/);
    const keys = join(folder, '.muster/data/keys');
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(keys)) {
      expect([name, statSync(join(keys, name)).mode & 0o777]).toEqual([name, 0o600]);
      expect(child.output()).not.toContain(readFileSync(join(keys, name), 'utf8'));
    }
    expect(readdirSync(keys)).toEqual(expect.arrayContaining(['auth.SERVICE_KEY', 'auth.AUTH_SECRET', 'matching.CURSOR_SECRET']));
  });

  it('shows nothing of the inside to the outside', async () => {
    await start().says(/Ready/);
    for (const path of ['/internal/v1/events', '/metrics', '/health/live', '/api/v1/auth/../../internal/v1/keys']) {
      const answer = await fetch(`http://localhost:${port}${path}`);
      expect(`${path} ${await answer.text()}`).not.toMatch(/"keys"|# HELP|"head"/);
    }
  });

  it('ends with a sentence and code 1 where it cannot start', async () => {
    const blocker = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const cases: [string[], RegExp][] = [
      [[], /Muster can't start\. Port \d+ is taken by another program\./],
      [['--origin', 'https://muster.example.org'], /their codes go by mail: set MAIL_URL=smtp/],
      [['--colour'], /Unknown option '--colour'/],
    ];
    for (const [args, sentence] of cases) {
      const child = start(...args);
      expect([args, (await child.exited).code]).toEqual([args, 1]);
      expect(child.output()).toMatch(sentence);
      expect(child.output()).not.toMatch(/\n\s+at /);
    }
    expect(existsSync(join(folder, '.muster/data/postgres'))).toBe(false); // reported before any long work
    blocker.close();
  });

  it('refuses a second start on the same data folder, and the first goes on', async () => {
    await start().says(/Ready/);
    const first = port;
    port = await freePort();
    const second = start();
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(/Muster is already running on .*\.muster\/data/);
    expect((await fetch(`http://localhost:${first}/health`)).status).toBe(200);
  });

  (process.getuid?.() === 0 ? it : it.skip)('says in a sentence that the disk is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=30m,mode=755', 'tmpfs', join(folder, 'frontend')]);
    try {
      const child = start('--data', join(folder, 'frontend', 'data'));
      expect((await child.exited).code).toBe(1);
      expect(child.output()).toMatch(/Muster can't start\. The disk is full: \d+ MB are free/);
    } finally {
      execFileSync('umount', [join(folder, 'frontend')]);
    }
  });
});
