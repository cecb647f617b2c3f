import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { intFromText } from '@muster/contracts/kernel/integer';
import { z } from 'zod';
import { ConfigFault, defineConfig, describeConfig, migrationsBeside, readEnv, type Environment } from './define-config';
import { secret } from './variables';

const config = defineConfig({
  service: 'user',
  migrations: '/nowhere',
  env: { PHOTO_BYTES: intFromText({ max: 100 }).default(50).describe('Largest photo'), API_TOKEN: secret(z.string().min(8)) },
});
const good = { DATABASE_URL: 'postgres://u:p@h/d', CURSOR_SECRET: 'x'.repeat(32), API_TOKEN: 'token-token' };
const folder = mkdtempSync(join(tmpdir(), 'muster-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(environment: Environment): string {
  try {
    readEnv(config, environment);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
  }
  throw new Error('it was accepted');
}

describe('the environment of a service', () => {
  it('is parsed with defaults, its own variables typed', () => {
    const env = readEnv(config, good);
    const bytes: number = env.PHOTO_BYTES;
    expect(bytes).toBe(50);
    expect(env.RATE_LIMITS.write.account).toBe(120);
    expect(env.PEERS).toEqual({});
  });

  it('names every fault at once and no secret', () => {
    const message = faultsOf({ ...good, DATABASE_URL: 'mysql://root:hunter2@h', API_TOKEN: 'hunter2', PHOTO_BYTES: '101', CURSOR_SECRET: undefined });
    for (const name of ['DATABASE_URL', 'API_TOKEN', 'PHOTO_BYTES', 'CURSOR_SECRET: is missing']) expect(message).toContain(name);
    expect(message).not.toContain('hunter2');
  });

  it.each(['http://muster.example', 'http://10.0.0.7:8080', 'http://localhost.example', 'http://127.0.0.1.example'])('refuses %s as the public origin, in a sentence', (PUBLIC_ORIGIN) => {
    expect(faultsOf({ ...good, PUBLIC_ORIGIN })).toContain('PUBLIC_ORIGIN: must be https:// for any host but localhost, or browsers will keep nobody signed in');
  });

  it.each(['https://muster.example', 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://muster.localhost:8080'])('takes %s as the public origin', (PUBLIC_ORIGIN) => {
    expect(readEnv(config, { ...good, PUBLIC_ORIGIN }).PUBLIC_ORIGIN).toBe(PUBLIC_ORIGIN);
  });

  it('takes a value from a file, without its last line break', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'from-a-file\n');
    expect(readEnv(config, { ...good, API_TOKEN: undefined, API_TOKEN_FILE: file }).API_TOKEN).toBe('from-a-file');
  });

  it('refuses a value beside a file, and a file that is not there, by name only', () => {
    expect(faultsOf({ ...good, API_TOKEN_FILE: join(folder, 'token') })).toContain('API_TOKEN_FILE: API_TOKEN is set as well');
    const message = faultsOf({ ...good, API_TOKEN: undefined, API_TOKEN_FILE: '/nowhere/token' });
    expect(message).toContain('cannot be read (ENOENT)');
    expect(message).not.toContain('API_TOKEN: is missing');
  });

  it.each(['auth=http://auth:9000, user=http://user:9000', '{"auth":"http://auth:9000","user":"http://user:9000"}'])(
    'reads peers from %s',
    (PEERS) => {
      expect(readEnv(config, { ...good, PEERS }).PEERS).toEqual({ auth: 'http://auth:9000', user: 'http://user:9000' });
    },
  );

  it.each(['auth', 'nobody=http://x', 'auth=not an address', '{"auth":1}', '{'])('refuses peers %s', (PEERS) => {
    expect(faultsOf({ ...good, PEERS })).toContain('PEERS: must read');
  });

  it.each([['write=1/2', 1], ['read=9/9, write=7/8', 7]])('reads rate limits %s', (RATE_LIMITS, most) => {
    expect(readEnv(config, { ...good, RATE_LIMITS: String(RATE_LIMITS) }).RATE_LIMITS.write.account).toBe(most);
  });

  it('refuses a rate class that does not exist', () => {
    expect(faultsOf({ ...good, RATE_LIMITS: 'everything=1/1' })).toContain('RATE_LIMITS');
  });

  it('describes each variable once, and says which are secret and which must be set', () => {
    const rows = new Map(describeConfig(config).map((row) => [row.name, row]));
    expect(rows.get('DATABASE_URL')).toMatchObject({ required: true, secret: true, ofPlatform: true });
    expect(rows.get('NATS_URL')).toMatchObject({ required: false, secret: true });
    expect(rows.get('PHOTO_BYTES')).toMatchObject({ required: false, secret: false, default: '50', ofPlatform: false, description: 'Largest photo' });
    expect([...rows.values()].filter(({ ofPlatform, description }) => ofPlatform && description === '')).toEqual([]);
  });

  it('finds the migrations beside the source and beside the build', () => {
    expect(migrationsBeside('/app/src')).toBe('/app/migrations');
    expect(migrationsBeside('/app/dist')).toBe('/app/dist/migrations');
  });
});
