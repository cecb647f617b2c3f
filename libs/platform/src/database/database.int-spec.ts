import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { sql } from 'kysely';
import { Client } from 'pg';
import { Clock } from '../clock/clock';
import type { PlatformEnv } from '../config/platform-env';
import { WriteLimits } from '../limits/write-limits';
import { Metrics } from '../metrics/metrics';
import { DataWorld, type Replica } from '../testing/data-world';
import { afterCommit } from './after-commit';
import { fingerprintOf, Idempotency, type Once } from './idempotency';

const world = new DataWorld();
let service: Replica;

beforeAll(async () => {
  service = await world.start({ service: 'auth', idle: true, tables: 'create table rows (id integer primary key, n integer); insert into rows values (1, 0), (2, 0)' });
});
afterAll(() => world.close());

describe('a transaction', () => {
  it('is repeated after a deadlock, and runs its hooks once', async () => {
    const { db } = service;
    let hooks = 0;
    let holding = 0;
    const touch = (first: number, second: number) =>
      db.transaction(async (tx) => {
        afterCommit(tx, () => (hooks += 1));
        await sql`update rows set n = n + 1 where id = ${first}`.execute(tx);
        holding += 1;
        while (holding < 2) await new Promise((resolve) => setTimeout(resolve, 5)); // each has its first row before either asks for the second
        await sql`update rows set n = n + 1 where id = ${second}`.execute(tx);
      });
    await Promise.all([touch(1, 2), touch(2, 1)]);
    const { rows } = await sql<{ n: number }>`select n from rows`.execute(db.query());
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(hooks).toBe(2);
    expect(db.transactionRetries).toBe(1);
  });

  it('survives a backend that is killed, in use or idle', async () => {
    const { db, database } = service;
    const killed = db.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      const admin = new Client({ connectionString: database.adminUrl });
      await admin.connect();
      await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await admin.end();
      await sql`select 1`.execute(tx);
    });
    await expect(killed).rejects.toThrow();
    await expect(sql`select 1`.execute(db.query())).resolves.toBeDefined();
  });
});

describe('idempotency', () => {
  const once = (parts: Partial<Once> = {}): Once => ({
    personId: randomUUID() as Once['personId'], routeId: 'auth.test', key: randomUUID(), fingerprint: fingerprintOf({ params: {}, query: {}, body: { a: 1 } }),
    limits: [], newUntil: null, ...parts,
  });
  let idempotency: Idempotency;
  beforeAll(() => {
    idempotency = new Idempotency(service.db, service.get(Clock), new WriteLimits({ LIMITS: new Map() } as unknown as PlatformEnv, service.get(Clock), new Metrics('auth')));
  });

  it('runs parallel repeats once and gives them all the same answer', async () => {
    const same = once();
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        idempotency.runOnce(same, async () => {
          runs += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { run: runs };
        }),
      ),
    );
    expect(runs).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"run":1}']));
  });

  it('refuses another body, keeps persons and routes apart, and remembers nothing of a failure', async () => {
    const first = once();
    await idempotency.runOnce(first, async () => 'one');
    const other = { ...first, fingerprint: fingerprintOf({ params: {}, query: {}, body: { a: 2 } }) };
    await expect(idempotency.runOnce(other, async () => 'two')).rejects.toMatchObject({ definition: platformErrors.keyReused });
    expect(await idempotency.runOnce({ ...first, routeId: 'auth.other' }, async () => 'two')).toBe('two');
    expect(await idempotency.runOnce({ ...first, personId: randomUUID() as never }, async () => 'two')).toBe('two');
    const failed = once();
    await expect(idempotency.runOnce(failed, async () => Promise.reject(new Error('planted')))).rejects.toThrow('planted');
    expect(await idempotency.runOnce(failed, async () => 'now')).toBe('now');
  });

  it('forgets after a day', async () => {
    const daily = once();
    await idempotency.runOnce(daily, async () => 'one');
    world.clock.advance({ h: 23 });
    expect(await idempotency.runOnce(daily, async () => 'two')).toBe('one');
    world.clock.advance({ h: 2 });
    expect(await idempotency.runOnce(daily, async () => 'three')).toBe('three');
  });
});
