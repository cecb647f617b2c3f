import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../testing/test-database';
import { Database } from './database';

let database: TestDatabase;
let relay: Server;
const silenced = new Set<() => void>();

/** Passes on what PostgreSQL says until it is silenced; connections made after that are heard. */
beforeAll(async () => {
  database = await testDatabase({ service: 'auth', migrations: join(__dirname, '../testing/fixture/migrations') });
  const { hostname, port, searchParams } = new URL(database.url);
  const [folder, number] = [searchParams.get('host'), Number(port || 5432)];
  relay = createServer((socket) => {
    let isSilent = false;
    silenced.add(() => (isSilent = true));
    const server = folder ? connect(`${folder}/.s.PGSQL.${number}`) : connect(number, hostname);
    server.on('data', (data) => isSilent || socket.write(data)).on('error', () => socket.destroy());
    socket.on('data', (data) => server.write(data)).on('close', () => server.destroy()).on('error', () => server.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  relay.close();
  await database.drop();
});

it('gives up a connection on which nothing comes back, and goes on with another', async () => {
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  url.searchParams.delete('host');
  const db = new Database({ url: url.toString(), applicationName: 'pool-test', size: 1, statementTimeoutMs: 200, onIdleError: () => undefined });
  await sql`select 1`.execute(db.query());
  for (const silence of silenced) silence();
  await expect(db.transaction((tx) => sql`select 1`.execute(tx))).rejects.toThrow('Query read timeout');
  await expect(sql`select 1`.execute(db.query())).resolves.toBeDefined();
  await db.close();
}, 20_000);
