import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { readEnv } from '@muster/platform/config/define-config';
import { databaseNames } from '@muster/platform/database/database-roles';
import { services } from '../../../apps/standalone/src/services';

const script = join(__dirname, 'secrets.mjs');
const secrets = (...args: string[]) => execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Secret {
  metadata: { name: string };
  stringData: Record<string, string>;
}

describe('secrets for compose', () => {
  it('are all that each service asks for', () => {
    secrets('--files', join(folder, 'compose'));
    for (const service of serviceNames) {
      const own = join(folder, 'compose', service);
      const files = Object.fromEntries(readdirSync(own).map((name) => [`${name}_FILE`, join(own, name)]));
      const env = readEnv(services[service].config, { ...files, SERVICE_KEYS_FILE: join(folder, 'compose/shared/service-keys.json') });
      const key = JSON.parse(env.SERVICE_KEY ?? '{}') as { kid: string; d?: string };
      expect(key.kid).toMatch(new RegExp(`^${service}\\.`));
      const set = JSON.parse(env.SERVICE_KEYS ?? '{}') as { keys: Array<{ kid: string; d?: string }> };
      expect(set.keys.find(({ kid }) => kid === key.kid)).not.toHaveProperty('d');
    }
  });

  it('are kept by a second run', () => {
    const file = join(folder, 'compose/auth/AUTH_SECRET');
    const before = readFileSync(file, 'utf8');
    expect(secrets('--files', join(folder, 'compose'))).toMatch(/^0 made/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('come with a certificate for localhost, and no leftovers', () => {
    const certificate = new X509Certificate(readFileSync(join(folder, 'compose/web/certificate.pem')));
    expect([certificate.checkHost('localhost'), certificate.checkIP('127.0.0.1')]).toEqual(['localhost', '127.0.0.1']);
    expect(readdirSync(join(folder, 'compose'), { recursive: true }).filter((name) => String(name).endsWith('.new'))).toEqual([]);
    expect(existsSync(join(folder, 'compose/web/key.pem'))).toBe(true);
  });
});

describe('secrets for a cluster', () => {
  it('are one Secret for each service, one for the backing services and one of public keys', () => {
    const { items } = JSON.parse(secrets('--kubernetes', '--release', 'r', '--backing', 'b')) as { items: Secret[] };
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual([...serviceNames.map((name) => `r-${name}`), 'b', 'r-service-keys'].sort());
    for (const service of serviceNames) {
      const own = items.find(({ metadata }) => metadata.name === `r-${service}`) as Secret;
      expect(() => readEnv(services[service].config, own.stringData)).not.toThrow();
      const names = databaseNames(service);
      expect(own.stringData['DATABASE_URL']).toMatch(new RegExp(`^postgres://${names.service}:\\w+@b-postgres:5432/${names.database}$`));
      expect(own.stringData['DATABASE_MIGRATOR_URL']).toMatch(new RegExp(`^postgres://${names.migrator}:\\w+@b-postgres:5432/${names.database}$`));
    }
  });

  it('keep what the cluster has', () => {
    const first = secrets('--kubernetes');
    writeFileSync(join(folder, 'there.json'), first);
    expect(secrets('--kubernetes', '--existing', join(folder, 'there.json'))).toBe(first);
  });
});
