import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { processEnvironment } from '../config/define-config';
import { migrate, type MigratedService } from '../database/migrate';
import { provision, type Provisioned } from '../database/provision';
import { withClient } from '../database/with-client';

const PASSWORD = 'for-tests-only';
let clones = 0;

export interface TestDatabase extends Provisioned {
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/**
 * A database of the service's schema with nothing in it, copied from a template that is made once per run and schema.
 * Needs `TEST_POSTGRES_URL`, which Jest's global setup of the integration tests provides.
 */
export async function testDatabase(config: MigratedService): Promise<TestDatabase> {
  const adminUrl = processEnvironment()['TEST_POSTGRES_URL'];
  if (!adminUrl) throw new Error('TEST_POSTGRES_URL is not set: run it as an int-spec (jest --selectProjects int)');
  const template = `template_${config.service}_${schemaDigest(config.migrations)}`;
  await ensureTemplate(adminUrl, template, config);
  clones += 1;
  const database = `test_${config.service}_${process.pid}_${clones}_${Math.random().toString(36).slice(2, 8)}`;
  const made = await provision({ adminUrl, service: config.service, password: PASSWORD, database, template });
  return {
    ...made,
    adminUrl,
    drop: async () => {
      await withClient(adminUrl, (admin) => admin.query(`drop database if exists ${escapeIdentifier(database)} with (force)`));
    },
  };
}

/** `datistemplate` is set last, so that a template whose making was interrupted is seen and made again. */
async function ensureTemplate(adminUrl: string, template: string, config: MigratedService): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    await admin.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [template]);
    const { rows } = await admin.query<{ datistemplate: boolean }>('select datistemplate from pg_database where datname = $1', [template]);
    if (rows[0]?.datistemplate) return;
    if (rows[0]) await admin.query(`drop database ${escapeIdentifier(template)} with (force)`);
    const { migratorUrl } = await provision({ adminUrl, service: config.service, password: PASSWORD, database: template });
    await migrate(config, migratorUrl);
    await admin.query(`alter database ${escapeIdentifier(template)} is_template true`);
  });
}

/**
 * A digest of the migrations' text, so that another schema gets another template, also on a server that outlives the
 * run.
 */
function schemaDigest(folder: string): string {
  const hash = createHash('sha256');
  for (const each of [join(__dirname, '..', 'database', 'platform-tables'), folder]) {
    const files = existsSync(each) ? readdirSync(each).filter((file) => /\.[jt]s$/.test(file)).sort() : [];
    for (const file of files) hash.update(file).update(readFileSync(join(each, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
