import { classify, declareRetention } from '@muster/platform/database/data-classes';
import type { Kysely } from 'kysely';

/** Safe on a live service: adds comments on tables and columns only, which no statement reads. */
export async function up(db: Kysely<never>): Promise<void> {
  await classify(db, 'accounts', {
    person_id: 'personal', email: 'contact', email_key: 'contact', password_hash: 'secret', date_of_birth: 'personal',
    locale: 'personal', state: 'personal', hats: 'personal', grants: 'personal', created_at: 'personal', activated_at: 'personal',
  });
  await classify(db, 'one_time_codes', {
    code_id: 'public', purpose: 'public', email_key: 'contact', person_id: 'personal', mac: 'secret', browser: 'secret',
    tries: 'public', created_at: 'personal', expires_at: 'public', used_at: 'personal',
  });
  // A login or a network is stored as its MAC, which tells people apart without naming them.
  await classify(db, 'code_quotas', { login: 'personal', sent_at: 'personal', last_at: 'personal' });
  await classify(db, 'mails', { mail_id: 'public', sealed: 'secret', created_at: 'public' });
  await classify(db, 'sessions', {
    session_id: 'personal', person_id: 'personal', number: 'public', key_id: 'public', rotated_at: 'personal',
    attempt: 'secret', device: 'personal', started_at: 'personal', last_used_at: 'personal', expires_at: 'public',
    ended_at: 'personal', ended_because: 'personal',
  });
  await classify(db, 'signing_keys', {
    kid: 'public', public_jwk: 'public', private_sealed: 'secret', created_at: 'public', active_from: 'public',
  });
  await classify(db, 'refresh_keys', { key_id: 'public', sealed: 'secret', created_at: 'public', active_from: 'public' });
  await classify(db, 'revocation_head', { only_row: 'public', epoch: 'public', head: 'public' });
  await classify(db, 'revocations', { sequence: 'public', person_id: 'personal', session_id: 'personal', issued_before: 'personal' });
  await classify(db, 'guess_buckets', {
    bucket: 'public', key: 'personal', started_at: 'personal', attempts: 'personal', next_at: 'personal',
  });
  await classify(db, 'network_failures', { network: 'personal', login: 'personal', at: 'personal' });

  await declareRetention(db, {
    accounts: 'until erasure', one_time_codes: '48 hours after expires_at', code_quotas: '48 hours after last_at',
    mails: '24 hours after created_at', sessions: '7 days after ended_at or expires_at', signing_keys: 'few rows',
    refresh_keys: 'few rows', revocation_head: 'few rows', revocations: '1 hours after issued_before',
    guess_buckets: '2 hours after started_at and next_at', network_failures: '2 hours after at',
  });
}
