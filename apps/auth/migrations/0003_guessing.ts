// Safe on a live service: creates tables only, before the first release.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [buckets, networks]) await sql.raw(statement).execute(db);
}

/** The keys are MACs, either of a login (whether or not it has an account) or of a network. */
const buckets = `
  create table guess_buckets (
    bucket text not null,
    key bytea not null,
    started_at timestamptz not null,
    attempts integer not null,
    next_at timestamptz not null,
    primary key (bucket, key)
  ) with (fillfactor = 70);
  create index guess_buckets_started on guess_buckets (started_at)`;

/** Each account at which a network failed to sign in has one row. */
const networks = `
  create table network_failures (
    network bytea not null,
    login bytea not null,
    at timestamptz not null,
    primary key (network, login)
  );
  create index network_failures_at on network_failures (at)`;
