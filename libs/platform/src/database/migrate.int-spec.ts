import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Client } from 'pg';
import { processEnvironment } from '../config/define-config';
import { freePort } from '../testing/free-port';
import { Database } from './database';
import { migrate, schemaIsCurrent } from './migrate';
import { provision, type Provisioned } from './provision';

const adminUrl = processEnvironment()['TEST_POSTGRES_URL'] ?? '';
const database = `test_migrate_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'muster-migrations-'));
const config = { service: 'auth' as const, migrations: folder };
let made: Provisioned;

const migration = (statements: readonly string[]) =>
  `const { sql } = require(${JSON.stringify(require.resolve('kysely'))});\nexports.up = async (db) => { ${statements.map((each) => `await sql\`${each}\`.execute(db);`).join(' ')} };\n`;

beforeAll(async () => {
  writeFileSync(join(folder, '0001_things.js'), migration(['create table things (id int)', 'select pg_sleep(0.3)']));
  made = await provision({ adminUrl, service: 'auth', database, password: 'for-tests-only' });
});

afterAll(async () => {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database ${database} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true });
});

describe('migrating', () => {
  it('runs once when five replicas start at once, and the service role can read and write but not change tables', async () => {
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
  });

  it('waits for a database whose port opens late', async () => {
    writeFileSync(join(folder, '0002_late.js'), migration(['create table late (id int)']));
    const late = await lateWayTo(made.migratorUrl, 1200);
    try {
      const migrating = migrate(config, late.url);
      expect(late.isOpen()).toBe(false);
      expect(await migrating).toEqual(['0002_late']);
    } finally {
      await late.close();
    }
  });

  it('does not wait for one that refuses it', async () => {
    const way = await lateWayTo(made.migratorUrl, 0);
    try {
      while (!way.isOpen()) await new Promise((resolve) => setTimeout(resolve, 5));
      const url = new URL(way.url);
      url.username = 'nobody';
      await expect(migrate(config, url.href)).rejects.toMatchObject({ code: '28000' });
      expect(way.asked()).toBe(1);
    } finally {
      await way.close();
    }
  });
});

/** A port that passes bytes on to the database's socket, and refuses connections for its first `delayMs`. */
async function lateWayTo(target: string, delayMs: number) {
  const url = new URL(target);
  const path = join(url.searchParams.get('host') ?? '', '.s.PGSQL.5432');
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createServer((near) => {
    asked += 1;
    const far = connect(path);
    for (const each of [near, far]) {
      sockets.add(each);
      each.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(await freePort());
  setTimeout(() => server.listen(Number(url.port), '127.0.0.1'), delayMs);
  return {
    url: url.href,
    isOpen: () => server.listening,
    /** The number of connections so far. */
    asked: () => asked,
    close: async () => {
      for (const each of sockets) each.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
