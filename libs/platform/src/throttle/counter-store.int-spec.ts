import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processEnvironment } from '../config/define-config';
import { pause } from '../kernel/backoff';
import { eventually } from '../testing/eventually';
import { freePort } from '../testing/free-port';
import type { CounterStore } from './counter-store';
import { MemoryCounters } from './memory-counters';
import { ValkeyCounters } from './valkey-counters';

const server = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);
const required = processEnvironment()['REQUIRE_BROKERS'] === '1';
const withValkey = server || required ? describe : describe.skip;
if (!server && !required) process.stderr.write('neither valkey-server nor redis-server is installed: its counters are left out\n');

let children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'muster-valkey-'));
afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

function startValkey(port: number): ChildProcess {
  if (!server) throw new Error('REQUIRE_BROKERS is set and there is no valkey-server or redis-server');
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn(server, flags, { stdio: 'ignore' });
  children = [...children, child];
  return child;
}

function keepsItsContract(makeTwo: () => Promise<readonly [CounterStore, CounterStore]>): void {
  let store: CounterStore;
  let same: CounterStore;
  beforeAll(async () => {
    [store, same] = await makeTwo();
  });
  afterAll(async () => {
    await store.close();
    if (same !== store) await same.close();
  });

  it('counts the hits of a window', async () => {
    expect((await store.countHit('a', 60_000)).count).toBe(1);
    expect((await store.countHit('a', 60_000)).count).toBe(2);
  });

  it('keeps keys apart', async () => {
    await store.countHit('b:1', 60_000);
    expect((await store.countHit('b:2', 60_000)).count).toBe(1);
  });

  it('says when the window ends, and does not move its end by further hits', async () => {
    const first = await store.countHit('c', 60_000);
    await pause(120);
    const second = await store.countHit('c', 60_000);
    expect(first.resetMs).toBeLessThanOrEqual(60_000);
    expect(second.resetMs).toBeLessThan(first.resetMs - 80);
  });

  it('starts anew when the window has ended', async () => {
    await store.countHit('d', 100);
    await store.countHit('d', 100);
    await pause(150);
    expect((await store.countHit('d', 100)).count).toBe(1);
  });

  it('keeps a set that members enter together or not at all, and that never grows beyond its bound', async () => {
    expect(await store.countMembers('f', ['a', 'b', 'b'], 60_000, 3)).toMatchObject({ added: true });
    expect(await same.countMembers('f', ['b', 'c', 'd'], 60_000, 3)).toMatchObject({ added: false });
    expect(await store.countMembers('f', ['c', 'a'], 60_000, 3)).toMatchObject({ added: true });
    const full = await same.countMembers('f', ['d'], 60_000, 3);
    expect(full.added).toBe(false);
    expect(full.resetMs).toBeGreaterThan(0);
    expect(full.resetMs).toBeLessThanOrEqual(60_000);
    expect(await store.countMembers('f', ['a', 'b', 'c'], 60_000, 3)).toMatchObject({ added: true });
  });

  it('forgets a set when its window has ended', async () => {
    await store.countMembers('g', ['a'], 50, 1);
    await pause(80);
    expect(await store.countMembers('g', ['b'], 50, 1)).toMatchObject({ added: true });
  });

  it('counts parallel hits as that many, whichever replica they come by', async () => {
    const hits = await Promise.all(Array.from({ length: 200 }, (_, n) => Promise.resolve((n % 2 ? store : same).countHit('e', 60_000))));
    expect(new Set(hits.map(({ count }) => count)).size).toBe(200);
    expect(Math.max(...hits.map(({ count }) => count))).toBe(200);
  });
}

describe('counters in memory', () => {
  keepsItsContract(async () => {
    const store = new MemoryCounters();
    return [store, store];
  });

  it('stay bounded however many strangers come', async () => {
    const store = new MemoryCounters();
    for (let n = 0; n < 150_000; n += 1) void store.countHit(`stranger:${n}`, 60_000);
    for (let n = 0; n < 8_000; n += 1) void store.countMembers(`stranger:${n}`, ['a'], 60_000, 5);
    const { windows, sets } = store as unknown as Record<'windows' | 'sets', Map<string, unknown>>;
    expect(windows.size).toBeLessThanOrEqual(100_000);
    expect(sets.size).toBeLessThanOrEqual(60_000);
  });
});

withValkey('counters in Valkey', () => {
  let port: number;
  let child: ChildProcess;
  let fallbacks = 0;
  const connect = () => ValkeyCounters.connect({ url: `redis://127.0.0.1:${port}`, onFallback: () => (fallbacks += 1) });
  const ready = async (store: CounterStore): Promise<CounterStore> => {
    await eventually(async () => {
      const before = fallbacks;
      await store.countHit('warm', 10);
      expect(fallbacks).toBe(before);
    });
    return store;
  };
  beforeAll(async () => {
    port = await freePort();
    child = startValkey(port);
  });

  keepsItsContract(async () => [await ready(await connect()), await ready(await connect())]);

  it('go on alone while Valkey is away, say so, and share again when it is back', async () => {
    const store = await ready(await connect());
    child.kill('SIGKILL');
    await pause(100);
    fallbacks = 0;
    expect((await store.countHit('f', 60_000)).count).toBe(1);
    expect((await store.countHit('f', 60_000)).count).toBe(2);
    expect(fallbacks).toBe(2);
    child = startValkey(port);
    await ready(store);
    await store.close();
  });

  it('answer alone while Valkey hangs', async () => {
    const store = await ready(await connect());
    child.kill('SIGSTOP');
    // If the store waited for Valkey, it would not answer at all.
    expect((await store.countHit('g', 60_000)).count).toBe(1);
    child.kill('SIGCONT');
    await store.close();
  });
});
