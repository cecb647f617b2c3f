import { serviceName } from '@muster/contracts/kernel/ids';
import { intFromText } from '@muster/contracts/kernel/integer';
import { z } from 'zod';
import { limitFigures } from '../limits/limit-figures';
import { rateLimits } from '../throttle/rate-limits';
import { flag, list, port, postgresUrl, publicOrigin, releaseFact, seconds, secret, share } from './variables';

const peers = z.string().transform((value, context): Record<string, string> => {
  const entries = value.trim().startsWith('{')
    ? Object.entries(parseObject(value))
    : value.split(',').map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
      });
  for (const [name, address] of entries) {
    if (!serviceName.safeParse(name).success || typeof address !== 'string' || !URL.canParse(address)) {
      context.addIssue({ code: 'custom', message: 'must read service=http://host:port, …' });
      return z.NEVER;
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
});

function parseObject(value: string): Record<string, unknown> {
  try {
    return JSON.parse(value) as Record<string, unknown>;
  } catch {
    return { '': '' };
  }
}

/**
 * The environment variables of every service. Their descriptions are written to `.env.example` and the configuration
 * table.
 */
export const platformEnv = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production').describe('What kind of run this is'),
  RELEASE_VERSION: releaseFact.describe("Version of this build, for logs, metrics and /health; the image sets it, unset: package.json's"),
  RELEASE_COMMIT: releaseFact.describe('Commit of this build, for the same; the image sets it, unset: unknown'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address that both listeners bind'),
  PORT: port.default(3000).describe('Public listener'),
  OPS_PORT: port.default(9000).describe('Operations listener: internal routes, metrics, probes; never public'),
  DATABASE_URL: postgresUrl.describe("Database of this service, as the service's own role"),
  DATABASE_MIGRATOR_URL: postgresUrl.optional().describe('The same database as the role that owns the schema'),
  MIGRATE_AT_START: flag.default(false).describe('Migrate before serving (standalone, compose); needs DATABASE_MIGRATOR_URL'),
  DATABASE_POOL_SIZE: intFromText({ min: 1, max: 100 }).default(10).describe('Most connections of one replica'),
  NATS_URL: secret(z.string().regex(/^(nats|tls|ws|wss):\/\//, 'must be a nats:// address'))
    .optional()
    .describe('Broker; unset: events and hints stay in this process'),
  VALKEY_URL: secret(z.string().regex(/^(redis|valkey)s?:\/\//, 'must be a redis:// address'))
    .optional()
    .describe('Shared rate-limit counters; unset: each replica counts for itself'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').describe('Least level logged'),
  LOG_SAMPLE: share.default(0.1).describe('Share of successful requests that get a log line'),
  PUBLIC_ORIGIN: publicOrigin.default('http://localhost:3000').describe('Where browsers reach Muster'),
  CORS_ORIGINS: list.default([]).describe('Other origins whose pages may call, separated by commas'),
  TRUST_PROXY: z
    .string()
    .default('')
    .describe('Proxies whose X-Forwarded-For is believed: a number of hops, or addresses and networks'),
  SERVICE_KEY: secret(z.string()).optional().describe('Private ES256 JWK that this service signs its internal calls with'),
  SERVICE_KEYS: z.string().optional().describe('JWK set with the public keys of all services, two generations (or SERVICE_KEYS_FILE)'),
  PEERS: peers.default({}).describe('Operations addresses of the other services: auth=http://auth:9000, …'),
  CURSOR_SECRET: secret(z.string().min(32)).describe('Signs the cursors of lists; the same in all replicas, ≥ 32 characters'),
  TRACE_SAMPLE_RATIO: share.default(0.1).describe('Share of traces kept'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('Where spans go; unset: tracing is off'),
  DRAIN_SECONDS: seconds.default(5).describe('How long a replica that was told to stop goes on serving'),
  REQUEST_SECONDS: seconds.default(20).describe('Longest request'),
  SHED_LOAD: flag.default(true).describe('Refuse some requests while the process cannot keep up'),
  RATE_LIMITS: rateLimits.describe('Requests a minute by class, account/network: write=120/3000, …'),
  LIMITS: limitFigures.describe('Limits for abuse that differ from LIMITS.md, all/new accounts: invites_per_day=30/5, …; none: all are lifted'),
};

export type PlatformEnv = z.output<z.ZodObject<typeof platformEnv>>;
