// Safe on a live service: creates tables only, before the first release.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [accounts, codes, quotas, mails]) await sql.raw(statement).execute(db);
}

/**
 * Each sign-up is a pending row of its own, with its own password. So if a stranger asks for an account with the same
 * address, the code of the owner never confirms the stranger's password. At most one row of an address leaves
 * `pending`.
 */
const accounts = `
  create table accounts (
    person_id uuid primary key,
    email text not null,
    email_key text not null,
    password_hash text not null,
    date_of_birth date not null,
    locale text not null,
    state text not null check (state in ('pending','active','locked','suspended','deletion_requested','erasing','erased')),
    hats text[] not null default '{}',
    grants text[] not null default '{}',
    created_at timestamptz not null,
    activated_at timestamptz
  );
  create unique index accounts_email on accounts (email_key) where state <> 'pending';
  create index accounts_pending on accounts (created_at) where state = 'pending'`;

const codes = `
  create table one_time_codes (
    code_id uuid primary key,
    purpose text not null,
    email_key text not null,
    person_id uuid not null references accounts on delete cascade,
    mac bytea not null,
    browser bytea,
    tries integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index one_time_codes_live on one_time_codes (email_key, purpose) where used_at is null;
  create index one_time_codes_person on one_time_codes (person_id);
  create index one_time_codes_expired on one_time_codes (expires_at)`;

const quotas = `
  create table code_quotas (
    login bytea primary key,
    sent_at timestamptz[] not null default '{}',
    last_at timestamptz not null
  )`;

const mails = `
  create table mails (
    mail_id uuid primary key,
    sealed bytea not null,
    created_at timestamptz not null
  );
  create index mails_created on mails (created_at)`;
