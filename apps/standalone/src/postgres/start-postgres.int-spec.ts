import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { runChild } from '../../test/run-child';
import type { Child } from '../../test/run-child';

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;
let folder: string;
let children: Child[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-test-'));
  chmodSync(folder, 0o755);
  children = [];
});
afterEach(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  for (const end = Date.now() + 120_000; processesIn(folder).length > 0 && Date.now() < end; ) await sleep(50);
  rmSync(folder, { recursive: true, force: true });
});

function start(data: string, uid?: number): Child {
  const child = runChild('database-program.ts', [data], uid === undefined ? {} : { uid });
  children.push(child);
  return child;
}

async function ready(child: Child): Promise<{ pid: number; url: string; files: string; sockets: string }> {
  const [, pid, url, files, sockets] = await child.says(/ready pid=(\d+) url=(\S+) files=(\S+) sockets=(\S+)/);
  return { pid: Number(pid), url: url ?? '', files: files ?? '', sockets: sockets ?? '' };
}

/** Lists the processes that work in a folder below this one, like postmaster and backends do. */
function processesIn(below: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readlinkSync(`/proc/${pid}/cwd`).startsWith(below);
      } catch {
        return false;
      }
    });
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The database's answer to the first message of the user id: `R…` continues or asks for a password, `E…` refuses. */
function firstWordTo(sockets: string, role: string, uid: number): string {
  const program = `
    const words = Buffer.from('user\\0' + process.argv[2] + '\\0database\\0postgres\\0\\0');
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + words.length, 0);
    head.writeUInt32BE(196608, 4);
    const socket = require('node:net').connect(process.argv[1] + '/.s.PGSQL.5432', () => socket.write(Buffer.concat([head, words])));
    socket.on('data', (answer) => { process.stdout.write(answer); socket.destroy(); });
    socket.on('error', (error) => console.log(String(error)));`;
  return execFileSync(process.execPath, ['-e', program, sockets, role], { uid, gid: uid, cwd: '/', encoding: 'utf8' }).replaceAll('\0', ' ');
}

/**
 * Waits until no process is left. A program that starts others one after the other has none for a moment in between, so
 * several checks in a row have to find none.
 */
async function noneLeftIn(below: string, withinMs: number): Promise<void> {
  let seenNone = 0;
  for (const end = Date.now() + withinMs; Date.now() < end && seenNone < 50; await sleep(20)) seenNone = processesIn(below).length === 0 ? seenNone + 1 : 0;
  expect([processesIn(below), seenNone]).toEqual([[], 50]);
}

describe('the embedded database', () => {
  it('keeps what was committed over a kill of Node, leaves no process behind, and starts again', async () => {
    const first = start(join(folder, 'data'));
    const { url, sockets } = await ready(first);
    await query(url, 'create table kept (n int)');
    await query(url, 'insert into kept values (1)');
    const busy = new Client({ connectionString: url });
    busy.on('error', () => undefined);
    await busy.connect();
    expect(processesIn(folder).length).toBeGreaterThan(2);
    void busy.query('select pg_sleep(600)').catch(() => undefined); // a query under way must not delay the end
    await sleep(100);
    first.process.kill('SIGKILL');
    await noneLeftIn(folder, 120_000);
    for (const end = Date.now() + 60_000; Date.now() < end && existsSync(sockets); ) await sleep(20);
    expect(existsSync(sockets)).toBe(false);

    const again = await ready(start(join(folder, 'data')));
    expect(await query(again.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('is safe against power failure and listens on no network', async () => {
    const { url, sockets } = await ready(start(join(folder, 'data')));
    const rows = await query<{ name: string; setting: string }>(
      url,
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by name",
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['on', 'on', '', 'on']);
    expect(statSync(sockets).mode & 0o777).toBe(0o700);
    expect(sockets.length).toBeLessThan(90);
  });

  it('ends in order when it is asked to, and leaves the folder free', async () => {
    const child = start(join(folder, 'data'));
    const { files } = await ready(child);
    child.process.kill('SIGTERM');
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect(processesIn(folder)).toEqual([]);
    expect(existsSync(join(files, 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(folder, 'data', 'muster.lock'))).toBe(false);
  });

  it('refuses a second start on the same folder and leaves the first alone', async () => {
    const { url } = await ready(start(join(folder, 'data')));
    const second = start(join(folder, 'data'));
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(/PROBLEM: Muster is already running on .*\(process \d+\)/);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets exactly one of four simultaneous starts have the folder, also where a dead one held it', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'muster.lock'), '999999 1 gone');
    const four = Array.from({ length: 4 }, () => start(join(folder, 'data')));
    const outcomes = await Promise.all(four.map((child) => Promise.race([ready(child).then(() => 'ready', () => 'refused')])));
    expect(outcomes.sort()).toEqual(['ready', 'refused', 'refused', 'refused']);
  });

  it('ends what a killed postmaster left behind, before it starts its own', async () => {
    const first = start(join(folder, 'data'));
    const { pid } = await ready(first);
    const [held] = childrenOf(pid);
    process.kill(held ?? 0, 'SIGSTOP'); // a stopped backend cannot notice anything
    process.kill(pid, 'SIGKILL');
    first.process.kill('SIGKILL');
    await first.exited;
    expect(processesIn(folder)).toContain(held);

    const after = await ready(start(join(folder, 'data')));
    expect(processesIn(folder)).not.toContain(held);
    expect(await query(after.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends an orphan whose guard was killed too, before it starts its own', async () => {
    const first = start(join(folder, 'data'));
    const { pid } = await ready(first);
    process.kill(parentOf(pid), 'SIGSTOP'); // the guard cannot act
    for (const watch of childrenOf(parentOf(pid)).filter((child) => child !== pid)) process.kill(watch, 'SIGKILL');
    process.kill(parentOf(pid), 'SIGKILL');
    first.process.kill('SIGKILL');
    await first.exited;
    expect(processesIn(folder)).toContain(pid);

    const second = start(join(folder, 'data'));
    const after = await ready(second);
    expect(after.pid).not.toBe(pid);
    expect(second.output()).toContain(`still running (process ${pid})`);
  });

  it('is not misled by a stale note whose number is another program now', async () => {
    const first = start(join(folder, 'data'));
    const { files } = await ready(first);
    first.process.kill('SIGKILL');
    await noneLeftIn(folder, 120_000);
    writeFileSync(join(files, 'postmaster.pid'), `${process.pid}\n${files}\n`);
    await ready(start(join(folder, 'data')));
  });

  it('says in a sentence that data is of another PostgreSQL', async () => {
    const first = start(join(folder, 'data'));
    const { files } = await ready(first);
    first.process.kill('SIGTERM');
    await first.exited;
    writeFileSync(join(files, 'PG_VERSION'), '17\n');
    const second = start(join(folder, 'data'));
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(/PROBLEM: The data in .* was written by PostgreSQL 17, this Muster brings PostgreSQL 18\./);
  });

  it('says in a sentence that data is of another Muster', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'format'), '7\n');
    const child = start(join(folder, 'data'));
    expect((await child.exited).code).toBe(1);
    expect(child.output()).toMatch(/PROBLEM: The data in .* is of another version of Muster \(format 7/);
    expect(existsSync(join(folder, 'data', 'muster.lock'))).toBe(false);
  });

  it('starts over where the first start was killed half way', async () => {
    const child = start(join(folder, 'data'));
    await child.says(/Making the database/);
    await sleep(150);
    child.process.kill('SIGKILL');
    await noneLeftIn(folder, 120_000);
    await ready(start(join(folder, 'data')));
  });

  asRoot('runs as nobody for root, and as the user itself for anybody else', async () => {
    const { pid } = await ready(start(join(folder, 'data')));
    expect(statSync(`/proc/${pid}`).uid).toBe(65534);
    mkdirSync(join(folder, 'own'));
    chownSync(join(folder, 'own'), 65534, 65534);
    const other = await ready(start(join(folder, 'own', 'data'), 65534));
    expect(statSync(`/proc/${other.pid}`).uid).toBe(65534);
  });

  asRoot('lets in the user that started it, and none of the other programs that run as nobody', async () => {
    const { url, sockets, files } = await ready(start(join(folder, 'data')));
    expect(await query(url, 'select current_user as role')).toEqual([{ role: 'postgres' }]);
    for (const role of ['postgres', 'nobody', 'auth']) expect(firstWordTo(sockets, role, 65534)).toMatch(/^E.*Peer authentication failed/s);
    expect(firstWordTo(sockets, 'postgres', 0)).toMatch(/^R/);
    // The files that decide this are out of their reach too, although the database's files belong to them.
    for (const file of [`${files}.hba.conf`, `${files}.ident.conf`]) expect([statSync(file).uid, statSync(file).mode & 0o777]).toEqual([0, 0o644]);
  });

  it('lets nobody in by trust whose folder an earlier Muster made', async () => {
    const first = start(join(folder, 'data'));
    const { files } = await ready(first);
    first.process.kill('SIGTERM');
    await first.exited;
    writeFileSync(join(files, 'pg_hba.conf'), 'local all all trust\n');
    const { url } = await ready(start(join(folder, 'data')));
    const rules = await query(url, 'select type, database, user_name, auth_method from pg_hba_file_rules');
    expect(rules).toEqual([{ type: 'local', database: ['all'], user_name: ['all'], auth_method: 'peer' }]);
  });

  asRoot("finds another place for its files where nobody can't reach the data folder, and says so", async () => {
    chmodSync(folder, 0o700);
    const child = start(join(folder, 'data'));
    const { files } = await ready(child);
    expect(files).toMatch(/^\/var\/lib\/muster\//);
    expect(child.output()).toContain(`its files are in ${files}`);
    child.process.kill('SIGTERM');
    await child.exited;
    const again = await ready(start(join(folder, 'data')));
    expect(again.files).toBe(files);
    children.at(-1)?.process.kill('SIGTERM');
    await children.at(-1)?.exited;
    rmSync(join(files, '..'), { recursive: true });
  });

  asRoot('says in a sentence that the disk is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', folder]);
    try {
      const child = start(join(folder, 'data'));
      expect((await child.exited).code).toBe(1);
      expect(child.output()).toMatch(/PROBLEM: The disk is full: \d+ MB are free/);
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

const parentOf = (pid: number): number => Number(/\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
