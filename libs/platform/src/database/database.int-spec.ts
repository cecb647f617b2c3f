import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { sql } from 'kysely';
import { Client } from 'pg';
import { DataWorld, type Replica } from '../testing/data-world';
import { Clock } from '../clock/clock';
import { afterCommit } from './after-commit';
import { Database } from './database';
import { fingerprintOf, Idempotency, type Once } from './idempotency';
import { migrate, schemaIsCurrent } from './migrate';
import { provision } from './provision';

const world = new DataWorld();
let service: Replica;

beforeAll(async () => {
  service = await world.start({ service: 'auth', idle: true, tables: 'create table rows (id integer primary key, n integer); insert into rows values (1, 0), (2, 0)' });
}, 60_000);
afterAll(() => world.close());

describe('a transaction', () => {
  it('is repeated after a deadlock, and runs its hooks once', async () => {
    const { db } = service;
    let hooks = 0;
    const touch = (first: number, second: number) =>
      db.transaction(async (tx) => {
        afterCommit(tx, () => (hooks += 1));
        await sql`update rows set n = n + 1 where id = ${first}`.execute(tx);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sql`update rows set n = n + 1 where id = ${second}`.execute(tx);
      });
    await Promise.all([touch(1, 2), touch(2, 1)]);
    const { rows } = await sql<{ n: number }>`select n from rows`.execute(db.query());
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(hooks).toBe(2);
    expect(db.transactionRetries).toBe(1);
  }, 20_000);

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
    personId: randomUUID() as Once['personId'], routeId: 'auth.test', key: randomUUID(), fingerprint: fingerprintOf({ params: {}, query: {}, body: { a: 1 } }), ...parts,
  });
  let idempotency: Idempotency;
  beforeAll(() => {
    idempotency = new Idempotency(service.db, service.get(Clock));
  });

  it('runs parallel repeats once and gives them all the same answer', async () => {
    const same = once();
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        idempotency.once(same, async () => {
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
    await idempotency.once(first, async () => 'one');
    const other = { ...first, fingerprint: fingerprintOf({ params: {}, query: {}, body: { a: 2 } }) };
    await expect(idempotency.once(other, async () => 'two')).rejects.toMatchObject({ definition: platformErrors.keyReused });
    expect(await idempotency.once({ ...first, routeId: 'auth.other' }, async () => 'two')).toBe('two');
    expect(await idempotency.once({ ...first, personId: randomUUID() as never }, async () => 'two')).toBe('two');
    const failed = once();
    await expect(idempotency.once(failed, async () => Promise.reject(new Error('planted')))).rejects.toThrow('planted');
    expect(await idempotency.once(failed, async () => 'now')).toBe('now');
  });

  it('forgets after a day', async () => {
    const daily = once();
    await idempotency.once(daily, async () => 'one');
    world.clock.advance({ h: 23 });
    expect(await idempotency.once(daily, async () => 'two')).toBe('one');
    world.clock.advance({ h: 2 });
    expect(await idempotency.once(daily, async () => 'three')).toBe('three');
  });
});

describe('migrating', () => {
  it('runs once when five replicas start at once, and the service role can read and write but not change tables', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-migrations-'));
    writeFileSync(
      join(folder, '0001_things.js'),
      "const { sql } = require('kysely');\nexports.up = async (db) => { await sql`create table things (id int)`.execute(db); await sql`select pg_sleep(0.3)`.execute(db); };\n".replace(
        "'kysely'", JSON.stringify(require.resolve('kysely')),
      ),
    );
    const config = { service: 'auth' as const, migrations: folder };
    const database = `test_migrate_${process.pid}`;
    const passwords = { servicePassword: 'for-tests-only', migratorPassword: 'for-tests-only' };
    const { adminUrl } = service.database;
    const made = await provision({ adminUrl, service: 'auth', database, ...passwords });
    const db = new Database({ url: made.url, applicationName: 'test', onIdleError: () => undefined });
    expect(await schemaIsCurrent(db, folder)).toBe(false);
    const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(config, made.migratorUrl)));
    expect(ran.flat().filter((name) => name === '0001_things')).toHaveLength(1);
    expect(await schemaIsCurrent(db, folder)).toBe(true);
    await sql`insert into things values (1)`.execute(db.query());
    await expect(sql`create table more (id int)`.execute(db.query())).rejects.toThrow('permission denied');
    await expect(sql`drop table things`.execute(db.query())).rejects.toThrow('must be owner');
    await expect(sql`delete from kysely_migration`.execute(db.query())).rejects.toThrow('permission denied');
    await db.close();
    const admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true });
  }, 60_000);
});
