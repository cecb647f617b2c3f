// Safe on a live service: comments on tables and columns only, which no statement reads.
import type { Kysely } from 'kysely';
import { classify, declareRetention } from '../data-classes';

export async function up(db: Kysely<never>): Promise<void> {
  await classify(db, 'event_numbering', { only_row: 'public', epoch: 'public', head: 'public', first_kept: 'public' });
  await classify(db, 'aggregate_versions', { aggregate_type: 'public', aggregate_id: 'personal', version: 'public' });
  // The most precise fact about a person in an event is a cell of about one kilometre.
  await classify(db, 'outbox', {
    position: 'public', added_on: 'public', added_at: 'public', id: 'public', type: 'public', time: 'personal',
    aggregate_type: 'public', aggregate_id: 'personal', aggregate_version: 'public', data: 'location',
    recipients: 'personal', traceparent: 'public', sequence: 'public', published_at: 'public',
  });
  await classify(db, 'consumers', { name: 'public', types: 'public', since: 'public', seen_at: 'public' });
  await classify(db, 'received', { producer: 'public', generation: 'public', epoch: 'public', contiguous: 'public', ahead: 'public' });
  await classify(db, 'inbox', {
    consumer: 'public', event_id: 'public', lane: 'personal', producer: 'public', generation: 'public',
    sequence: 'public', envelope: 'location', received_at: 'public', done_at: 'public',
  });
  await classify(db, 'inbox_lanes', {
    consumer: 'public', lane: 'personal', due_at: 'public', owner: 'public', fence: 'public', attempts: 'public',
    parked_at: 'public', failed_event: 'public', last_error: 'personal',
  });
  await classify(db, 'rebuilds', { consumer: 'public', wanted_at: 'public', reason: 'public', owner: 'public', lease_until: 'public' });
  // The answer is what the person was told, a site of their own job among it.
  await classify(db, 'idempotency_keys', {
    person_id: 'personal', route_id: 'public', key: 'public', fingerprint: 'personal', answer: 'location', created_at: 'personal',
  });
  await classify(db, 'timers', {
    kind: 'public', key: 'personal', due_at: 'public', payload: 'personal', traceparent: 'public', attempts: 'public', last_error: 'personal',
  });
  await classify(db, 'kysely_migration', { name: 'public', timestamp: 'public' });
  await classify(db, 'kysely_migration_lock', { id: 'public', is_locked: 'public' });

  await declareRetention(db, {
    event_numbering: 'few rows', aggregate_versions: 'until erasure', outbox: '7 days after added_on', consumers: 'few rows',
    received: 'few rows', inbox: '14 days after done_at', inbox_lanes: 'until done', rebuilds: 'few rows',
    idempotency_keys: '24 hours after created_at', timers: 'until done', limit_counts: '0 hours after lifts_at',
    kysely_migration: 'few rows', kysely_migration_lock: 'few rows',
  });
}
