import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database } from '@muster/platform/database/database';
import { eventually } from '@muster/platform/testing/eventually';
import { startService } from '@muster/platform/testing/start-service';
import { testDatabase, type TestDatabase } from '@muster/platform/testing/test-database';
import { sql } from 'kysely';
import { config } from '../config';
import { MatchingModule } from '../matching.module';

let database: TestDatabase;
let owner: Database;

beforeAll(async () => {
  database = await testDatabase(config);
  owner = new Database({ url: database.migratorUrl, applicationName: 'test', size: 1, onIdleError: () => undefined });
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

it('is not ready before its index is loaded, and says so', async () => {
  const matching = await owner.transaction(async (tx) => {
    await sql`lock table worker_documents in access exclusive mode`.execute(tx);
    const started = await startService(MatchingModule, config, { database, allowUnready: true });
    const { status, body } = await started.http.raw('GET', '/health/ready', { internal: true });
    expect([status, body]).toMatchObject([503, { error: { 'search-index': { status: 'down', reason: 'the search index is not loaded yet' } } }]);
    expect((await started.http.raw('GET', '/health/live', { internal: true })).status).toBe(200);
    return started;
  });
  await eventually(async () => expect((await matching.http.raw('GET', '/health/ready', { internal: true })).status).toBe(200), 10_000);
  await matching.close();
});
