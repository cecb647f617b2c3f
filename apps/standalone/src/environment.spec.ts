import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { readEnv } from '@muster/platform/config/define-config';
import { environmentFor, requireMailProvider } from './environment';
import type { Options } from './options';
import { services } from './services';

const local: Options = { port: 3000, data: '/data', demo: false, origin: 'http://localhost:3000', reachable: false };
const open: Options = { ...local, origin: 'https://muster.example.org', reachable: true };
const secrets = {
  random: (service: string, name: string) => `${service}-${name}-`.padEnd(43, 'x'),
  privateKey: (service: string) => JSON.stringify({ kid: `${service}.1` }),
  publicKeys: () => JSON.stringify({ keys: [] }),
};
const database = { service: 'postgres://auth_service@localhost/muster_auth', migrator: 'postgres://auth_migrator@localhost/muster_auth' };

const environment = (options: Options, outer: Record<string, string> = {}, service: (typeof serviceNames)[number] = 'auth') =>
  environmentFor(services[service].config, { options, database, secrets, terminalSecret: 'of this start alone'.padEnd(43, 'x'), outer });

describe('what a service is told in one process', () => {
  it.each(serviceNames)('is all that %s asks for', (service) => {
    expect(() => readEnv(services[service].config, environment(local, {}, service))).not.toThrow();
  });

  it("is the operator's word where nothing depends on it, and never a broker left in the shell", () => {
    const told = environment(local, { LOG_LEVEL: 'debug', NATS_URL: 'nats://elsewhere:4222', DATABASE_URL: 'postgres://x', DATABASE_URL_FILE: '/secret' });
    expect(told).toMatchObject({ LOG_LEVEL: 'debug', DATABASE_URL: database.service });
    expect([told['NATS_URL'], told['DATABASE_URL_FILE']]).toEqual([undefined, undefined]);
  });

  it('keeps mail at this machine only while no other machine is invited', () => {
    expect(environment(local)['MAIL_URL']).toBe('outbox');
    expect(environment(open)['MAIL_URL']).toBeUndefined();
    expect(() => requireMailProvider(open, {})).toThrow(/set MAIL_URL=smtp/);
    expect(() => requireMailProvider(open, { MAIL_URL: 'outbox' })).toThrow(/set MAIL_URL=smtp/);
    expect(() => requireMailProvider(open, { MAIL_URL: 'smtp://mail.example.org' })).not.toThrow();
    expect(() => requireMailProvider(local, {})).not.toThrow();
  });

  it('gives auth the secret of the terminal, and nobody to whom other machines come', () => {
    expect(environment(local)['TERMINAL_SECRET']).toMatch(/^of this start alone/);
    expect(environment(local, { TERMINAL_SECRET: 'left in the shell' }, 'user')['TERMINAL_SECRET']).toBeUndefined();
    expect(environment(open, { TERMINAL_SECRET: 'left in the shell' })['TERMINAL_SECRET']).toBeUndefined();
  });

  it('believes forwarding headers of a local proxy only where there has to be one', () => {
    expect(environment(local)['TRUST_PROXY']).toBe('');
    expect(environment(open)['TRUST_PROXY']).toBe('loopback');
    expect(environment({ ...open, tls: { cert: 'c', key: 'k' } })['TRUST_PROXY']).toBe('');
  });
});
