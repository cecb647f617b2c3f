import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { migrate } from '@muster/platform/database/migrate';
import { makeEarlierDatabase, rightsIn, runStatements } from '../test/earlier-layout';
import { prepareDatabases } from './databases';
import { startPostgres, type RunningPostgres } from './postgres/start-postgres';
import { services } from './services';

let folder: string;
/** One server that an earlier release has filled, and one that is new. */
let mended: RunningPostgres;
let fresh: RunningPostgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-databases-'));
  chmodSync(folder, 0o711); // started by root, the servers are another user
  [mended, fresh] = await Promise.all([start('mended'), start('fresh')]);
  for (const service of serviceNames) await makeEarlierDatabase(mended, services[service].config);
}, 120_000);
afterAll(async () => {
  await Promise.all([mended.stop(), fresh.stop()]);
  rmSync(folder, { recursive: true });
});

const start = (name: string) => startPostgres({ dataFolder: join(folder, name), durable: false });

async function prepareAndMigrate(postgres: RunningPostgres) {
  const addresses = await prepareDatabases(postgres);
  for (const service of serviceNames) await migrate(services[service].config, addresses[service].migrator);
  return addresses;
}

describe('the databases that an earlier Muster made', () => {
  it('end with the roles and grants of new ones, and keep who is signed in', async () => {
    const person = '0190a0a0-0000-7000-8000-000000000001';
    await runStatements(mended.url('muster_auth', 'auth'), [
      `insert into accounts (person_id, email, email_key, password_hash, date_of_birth, locale, state, created_at)
       values ('${person}', 'a@example.org', 'a@example.org', '', '1990-05-17', 'en', 'active', now())`,
      `insert into sessions (session_id, person_id, number, key_id, rotated_at, started_at, last_used_at, expires_at)
       values (gen_random_uuid(), '${person}', 7, gen_random_uuid(), now(), now(), now(), now() + interval '1 day')`,
    ]);
    await prepareAndMigrate(fresh);
    const { auth } = await prepareAndMigrate(mended);
    for (const service of serviceNames) expect(await rightsIn(mended, service)).toEqual(await rightsIn(fresh, service));

    expect(await runStatements(auth.service, ['update sessions set number = number + 1 returning number'])).toEqual([{ number: '8' }]);
    await expect(runStatements(auth.service, ['delete from kysely_migration'])).rejects.toThrow('permission denied');
    await expect(runStatements(auth.service, ['create table more ()'])).rejects.toThrow('permission denied');
    await expect(runStatements(mended.url('muster_user', 'auth_service'), ['select'])).rejects.toThrow('permission denied');
  }, 120_000);

  it('are the same after the next start', async () => {
    const before = await rightsIn(mended, 'matching');
    await prepareAndMigrate(mended);
    expect(await rightsIn(mended, 'matching')).toEqual(before);
  }, 120_000);
});
