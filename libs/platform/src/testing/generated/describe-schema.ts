import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processEnvironment } from '../../config/define-config';
import type { MigratedService } from '../../database/migrate';
import { withClient } from '../../database/with-client';
import { Retention } from '../../messaging/retention';
import { TimerRunner } from '../../timers/timer-runner';
import { eventually } from '../eventually';
import { testDatabase, type TestDatabase } from '../test-database';
import type { ContractSubject } from './contract-world';
import { keptTables, retentionFaults, seedKeptTables } from './kept-rows';
import { PLATFORM_SCHEMA, schemaParts } from './schema-text';

const HEAD = '-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.\n-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.\n';

/** The schema that is committed beside a service's migrations is the one that they make. The platform's tables are left out of it. */
export function describeSchema(config: MigratedService): void {
  describeCommittedSchema(config.service, config, join(config.migrations, 'schema.sql'));
}

/** The same of the tables that the platform brings to every service; they are committed once for all. */
export function describePlatformSchema(): void {
  // Any service's name does: a folder that is not there holds no migrations of a service.
  describeCommittedSchema('the platform', { service: 'auth', migrations: join(PLATFORM_SCHEMA, 'none') }, PLATFORM_SCHEMA);
}

function describeCommittedSchema(whose: string, config: MigratedService, file: string): void {
  describe(`the schema of ${whose}`, () => {
    let database: TestDatabase | undefined;
    beforeAll(async () => {
      database = await testDatabase(config);
    }, 60_000);
    afterAll(() => database?.drop());

    it('is the one that is committed beside its migrations', async () => {
      const parts = await withClient(database?.migratorUrl ?? '', schemaParts);
      const shared = file === PLATFORM_SCHEMA ? '' : readFileSync(PLATFORM_SCHEMA, 'utf8');
      const now = `${HEAD}\n${parts.filter((part) => !shared.includes(`\n\n${part}\n`)).join('\n\n')}\n`;
      if (processEnvironment()['WRITE_SCHEMA'] === '1') return writeFileSync(file, now);
      expect(now).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
    });
  });
}

/** Every table that says for how long after a column's value its rows are kept loses those that are older, and no other. */
export function describeRetention(subject: ContractSubject): void {
  describe(`what ${subject.service} keeps`, () => {
    it('goes when its time is over, and no sooner', async () => {
      const world = await subject.start();
      const { database, app, clock } = world.service;
      try {
        await withClient(Object.assign(new URL(database.adminUrl), { pathname: `/${database.database}` }).href, async (client) => {
          const tables = await keptTables(client);
          expect(tables.length).toBeGreaterThan(3);
          await seedKeptTables(client, tables);
          // A recurring timer is due by the time of its migration, which the template of this database may have seen long ago.
          await client.query(`update timers set due_at = now() where key = 'all'`);
          clock.advance({ m: 2 });
          await app.get(TimerRunner, { strict: false }).runDueTimers();
          await app.get(Retention, { strict: false }).cleanUp();
          await eventually(async () => expect(await retentionFaults(client, tables)).toEqual([]));
        });
      } finally {
        await world.close();
      }
    }, 120_000);
  });
}
