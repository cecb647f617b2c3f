import * as events from '@muster/contracts/auth/events';
import { intFromText } from '@muster/contracts/kernel/integer';
import { defineConfig, migrationsBeside, type EnvOf } from '@muster/platform/config/define-config';
import { secret } from '@muster/platform/config/variables';
import { z } from 'zod';

const days = intFromText({ min: 1, max: 3650 });

export const config = defineConfig({
  service: 'auth',
  migrations: migrationsBeside(__dirname),
  publishes: Object.values(events),
  env: {
    AUTH_SECRET: secret(z.string().min(32)).describe(
      'Encrypts the signing keys at rest and keys the stored codes and counters; the same in all replicas, ≥ 32 characters',
    ),
    MAIL_URL: secret(z.union([z.literal('outbox'), z.string().regex(/^smtps?:\/\//, 'must be outbox or an smtp:// address')])).describe(
      '`outbox` keeps mail in the database for this machine to read (standalone), else smtp://user:password@host:port',
    ),
    TERMINAL_SECRET: secret(z.string().min(32))
      .optional()
      .describe('Of the link by which a browser at this machine sees mail and looks around as people of the demo; standalone makes a new one at each start'),
    MAIL_FROM: z.string().min(3).max(320).default('Muster <no-reply@localhost>').describe('Sender of mail'),
    HASH_CONCURRENCY: intFromText({ min: 1, max: 64 }).default(2).describe('Password hashes computed at once; 19 MiB each'),
    HASH_QUEUE: intFromText({ min: 0, max: 10_000 }).default(200).describe('Password hashes that may wait; more are told to come back'),
    SESSION_IDLE_DAYS: days.default(30).describe('A session ends when it was not used for so long'),
    SESSION_MAX_DAYS: days.default(180).describe('A session ends so long after its sign-in, whatever happens'),
    KEY_DAYS: days.default(30).describe('Age at which the keys of access and refresh tokens are followed by new ones'),
  },
});

export type AuthEnv = EnvOf<typeof config>;
