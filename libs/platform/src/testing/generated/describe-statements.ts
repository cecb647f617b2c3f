import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '@muster/contracts/kernel/event';
import { processEnvironment, type ServiceConfig } from '../../config/define-config';
import { withClient } from '../../database/with-client';
import { testDatabase, type TestDatabase } from '../test-database';
import type { ContractSubject } from './contract-world';
import { unorderedLocks, uniqueKeys, type UniqueKeys } from './locks';
import { planOf, type Plan } from './plans';
import { PLATFORM_SCHEMA } from './schema-text';
import { seedTables } from './seeded-tables';
import { statementsOf, type StatementsSaid } from './statements';

const ROWS = 100_000;
const HEAD = '-- What the service says to its database, and by which indexes it is answered with 100,000 rows in each table.\n-- Written by WRITE_STATEMENTS=1 npx jest --selectProjects int <this test>; a change of it is a change to be reviewed.\n';
/** The platform's tables and functions: their statements are the same in every service, and planned here but listed nowhere. */
const ofPlatform = new RegExp(`\\b(${[...readFileSync(PLATFORM_SCHEMA, 'utf8').matchAll(/^create (?:table |or replace function public\.)(\w+)/gim)].map(([, name]) => name).join('|')})\\b`);

interface Options {
  readonly config: ServiceConfig;
  readonly events: readonly EventDefinition[];
  /** The committed list. */
  readonly file: string;
  /** Statements of the test's own world, which no repository makes. */
  readonly ofTheTest?: RegExp;
}

/** No statement of the service reads a table that grows from end to end, and none comes unseen. */
export function describeStatements(subject: ContractSubject, { config, events, file, ofTheTest }: Options): void {
  describe(`the statements of ${subject.service}`, () => {
    let database: TestDatabase | undefined;
    let pages: StatementsSaid['pages'];
    const plans = new Map<string, Plan | { readonly error: string }>();
    const aggregates = [...new Set(events.map(({ aggregate }) => aggregate))];
    let growing: ReadonlySet<string>;
    let keys: UniqueKeys;

    beforeAll(async () => {
      // Made before anything is listened to: the first of a run brings its schema about, by statements of migrations.
      database = await testDatabase(config);
      const { texts, ...said } = await statementsOf(subject, aggregates);
      pages = said.pages;
      await withClient(database.migratorUrl, async (client) => {
        growing = await seedTables(client, ROWS);
        keys = await uniqueKeys(client);
        for (const [form, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
          if (ofTheTest?.test(text) || /\b(pg_|information_schema)/.test(text)) continue;
          plans.set(form, await planOf(client, text).catch((error: unknown) => ({ error: String(error) })));
        }
      });
    }, 240_000);
    afterAll(() => database?.drop());

    it('can all be planned', () => {
      expect(plans.size).toBeGreaterThan(10);
      expect([...plans].flatMap(([form, plan]) => ('error' in plan ? [`${form}: ${plan.error}`] : []))).toEqual([]);
    });

    it('read no table that grows from end to end', () => {
      const scans = [...plans].flatMap(([form, plan]) => {
        const tables = 'error' in plan ? [] : plan.scanned.filter((table) => growing.has(table));
        return tables.map((table) => `${table}: ${form}`);
      });
      expect(scans).toEqual([]);
    });

    it('are as many for a page of a snapshot as for one aggregate of it', () => {
      expect([...pages.keys()]).toEqual(aggregates);
      expect([...pages].filter(([, { ofOne, ofAll }]) => ofOne === 0 || ofAll !== ofOne)).toEqual([]);
    });

    it('lock rows in the order of their keys, so that two that lock the same ones never wait for each other', () => {
      expect([...plans.keys()].flatMap((form) => unorderedLocks(form, keys))).toEqual([]);
    });

    it('are those that are committed, answered by the same indexes', () => {
      const own = [...plans].filter(([form]) => !ofPlatform.test(form));
      const now = own.map(([form, plan]) => ['error' in plan ? '' : `-- ${plan.ways.join(', ') || 'no index'}`, `${form};`, ''].join('\n'));
      const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (processEnvironment()['WRITE_STATEMENTS'] === '1') {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${HEAD}\n${now.join('\n')}`);
        return;
      }
      expect(kept.slice(HEAD.length + 1).split(/(?<=;\n)\n/)).toEqual(now);
    });
  });
}
