import { describeConfig } from '@muster/platform/config/define-config';
import type { Environment, ServiceConfig } from '@muster/platform/config/define-config';
import type { DatabaseAddress } from './databases';
import type { Options } from './options';
import type { Secrets } from './secrets';
import { StartProblem } from './start-problem';

/** Variables of a cluster. If they were left in a shell, a single machine would try to use the cluster's parts. */
const ofTheCluster = ['NATS_URL', 'VALKEY_URL', 'PEERS', 'HOST', 'PORT', 'OPS_PORT'];

export interface EnvironmentParts {
  options: Options;
  database: DatabaseAddress;
  secrets: Pick<Secrets, 'random' | 'privateKey' | 'publicKeys'>;
  /** The secret of the link that the terminal prints. */
  terminalSecret: string;
  /** The operator's environment, for the variables that standalone leaves open (LOG_LEVEL, MAIL_URL, RATE_LIMITS …). */
  outer: Environment;
}

/** The environment of one service: everything that standalone decides, and the operator's variables for the rest. */
export function environmentFor(config: ServiceConfig, { options, database, secrets, terminalSecret, outer }: EnvironmentParts): Environment {
  const { service } = config;
  const given = (name: string): boolean => Boolean(outer[name] ?? outer[`${name}_FILE`]);
  const decided: Record<string, string | undefined> = {
    ...Object.fromEntries(ofTheCluster.map((name) => [name, undefined])),
    DATABASE_URL: database.service,
    DATABASE_MIGRATOR_URL: database.migrator,
    MIGRATE_AT_START: 'true',
    PUBLIC_ORIGIN: options.origin,
    SERVICE_KEY: secrets.privateKey(service, 'SERVICE_KEY'),
    SERVICE_KEYS: secrets.publicKeys('SERVICE_KEY'),
    ...(given('LOG_LEVEL') ? {} : { LOG_LEVEL: 'warn' }), // a person reads this terminal
    ...(given('DATABASE_POOL_SIZE') ? {} : { DATABASE_POOL_SIZE: '8' }),
    ...(given('TRUST_PROXY') ? {} : { TRUST_PROXY: options.reachable && !options.tls ? 'loopback' : '' }),
    TERMINAL_SECRET: service === 'auth' && !options.reachable ? terminalSecret : undefined,
    ...(given('MAIL_URL') || options.reachable ? {} : { MAIL_URL: 'outbox' }),
  };
  for (const { name, required, secret } of describeConfig(config)) {
    if (required && secret && name !== 'MAIL_URL' && !(name in decided) && !given(name)) decided[name] = secrets.random(service, name);
  }
  const withoutFiles = Object.fromEntries(Object.keys(decided).map((name) => [`${name}_FILE`, undefined]));
  return { ...outer, ...withoutFiles, ...decided };
}

/**
 * Requires a mail provider if other machines may sign up, because codes are sent by mail and nobody else may read the
 * local outbox.
 */
export function requireMailProvider(options: Options, outer: Environment): void {
  if (!options.reachable || outer['MAIL_URL_FILE'] || /^smtps?:\/\//.test(outer['MAIL_URL'] ?? '')) return;
  throw new StartProblem(
    'With --origin people on other machines sign up, and their codes go by mail: set MAIL_URL=smtp://user:password@host:port ' +
      '(or MAIL_URL_FILE) in the environment and start again.',
  );
}
