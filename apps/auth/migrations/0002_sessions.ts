// Safe on a live service: creates tables only, before the first release.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [sessions, signingKeys, refreshKeys, revocations]) await sql.raw(statement).execute(db);
}

/**
 * `number` is the number of the session's newest refresh token and `key_id` the key that signs it; the token itself is
 * not stored.
 */
const sessions = `
  create table sessions (
    session_id uuid primary key,
    person_id uuid not null references accounts on delete cascade,
    number bigint not null,
    key_id uuid not null,
    rotated_at timestamptz not null,
    attempt bytea,
    device text,
    started_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_because text
  ) with (fillfactor = 80);
  create index sessions_person on sessions (person_id, started_at) where ended_at is null;
  create index sessions_started on sessions (started_at)`;

const signingKeys = `
  create table signing_keys (
    kid uuid primary key,
    public_jwk jsonb not null,
    private_sealed bytea not null,
    created_at timestamptz not null,
    active_from timestamptz not null
  )`;

const refreshKeys = `
  create table refresh_keys (
    key_id uuid primary key,
    sealed bytea not null,
    created_at timestamptz not null,
    active_from timestamptz not null
  )`;

/**
 * Revocations are numbered under the row lock of the head, which is held until the commit: the numbers have no holes
 * and follow the order of commits.
 */
const revocations = `
  create table revocation_head (
    only_row boolean primary key default true check (only_row),
    epoch uuid not null default gen_random_uuid(),
    head bigint not null default 0
  );
  insert into revocation_head default values;
  create table revocations (
    sequence bigint primary key,
    person_id uuid not null,
    session_id uuid,
    issued_before timestamptz not null
  );
  create index revocations_issued on revocations (issued_before)`;
