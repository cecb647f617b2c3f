import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { listNotes } from '../testing/fixture/routes';
import { asPerson, type TestAnswer } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';

const TOLERANCE_MS = 20_000;
let service: TestService;
let admin: Client;
let database: string;

beforeAll(async () => {
  service = await startService(NotesModule, config);
  database = new URL(service.database.url).pathname.slice(1);
  admin = new Client({ connectionString: service.database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await allow(true);
  await admin.end();
  await service.close();
});

async function allow(connections: boolean): Promise<void> {
  await admin.query(`alter database ${escapeIdentifier(database)} allow_connections ${String(connections)}`);
  if (!connections) await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${escapeLiteral(database)}`);
}

const me = asPerson();
const list = (): Promise<TestAnswer> => service.http.send(listNotes, { as: me });
const probe = (name: string): Promise<TestAnswer> => service.http.raw('GET', `/health/${name}`, { internal: true });

describe('while the database is gone', () => {
  it('routes say so at once, readiness after twenty seconds, liveness never, and all comes back by itself', async () => {
    expect([(await list()).status, (await probe('ready')).status]).toEqual([200, 200]);
    await allow(false);
    const goneAt = performance.now();
    for (let round = 0; round < 5; round++) {
      const { status, headers, body } = await list();
      expect({ status, retry: headers['retry-after'], body }).toMatchObject({ status: 503, retry: '1', body: { code: 'platform.unavailable' } });
    }
    while (performance.now() - goneAt < TOLERANCE_MS - 6000) {
      expect([(await probe('ready')).status, (await probe('live')).status]).toEqual([200, 200]);
      await wait(500);
    }
    await eventually(async () => expect((await probe('ready')).status).toBe(503));
    const { status, body } = await probe('ready');
    expect([status, body]).toEqual([503, expect.objectContaining({ error: { database: { status: 'down', reason: 'no answer' } } })]);
    expect((await probe('live')).status).toBe(200);

    await allow(true);
    await eventually(async () => expect([(await probe('ready')).status, (await list()).status]).toEqual([200, 200]));
  });
});

describe('a schema older than the build', () => {
  it('is a reason not to be ready, until it is migrated', async () => {
    const owner = new Client({ connectionString: service.database.migratorUrl });
    await owner.connect();
    await owner.query("delete from kysely_migration where name = '0001_notes'");
    const behind = await startService(NotesModule, config, { database: service.database, allowUnready: true });
    const asked = await behind.http.raw('GET', '/health/ready', { internal: true });
    expect([asked.status, asked.body]).toEqual([503, expect.objectContaining({ error: { schema: { status: 'down', reason: 'the schema is older than this build' } } })]);
    await owner.query("insert into kysely_migration (name, timestamp) values ('0001_notes', now()::text)");
    expect((await behind.http.raw('GET', '/health/ready', { internal: true })).status).toBe(200);
    await behind.close();
    await owner.end();
  });
});
