import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/** Safe on a live database: creates new tables only. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table notices (
      notice_id    uuid primary key,
      person_id    uuid not null,
      -- The event that it tells of: with the person it is unique, so that one event never tells anybody twice.
      event_id     uuid not null,
      topic        text not null,
      key          text not null,
      subject      jsonb not null,
      -- Unseen notices about one thing fold into the latest (a chat posts one, not one for each message).
      collapse     text,
      created_at   timestamptz not null,
      seen_at      timestamptz,
      unique (person_id, event_id)
    )`.execute(db);
  await sql`create index notices_by_person on notices (person_id, created_at desc, notice_id desc)`.execute(db);
  await sql`create index notices_unseen on notices (person_id) where seen_at is null`.execute(db);
  await sql`create unique index notices_collapse on notices (person_id, collapse) where seen_at is null`.execute(db);

  await sql`
    create table preferences (
      person_id  uuid not null,
      topic      text not null,
      channels   text[] not null,
      primary key (person_id, topic)
    )`.execute(db);
  await sql`
    create table preference_versions (
      person_id  uuid primary key,
      version    integer not null
    )`.execute(db);

  await classify(db, 'notices', {
    notice_id: 'public', person_id: 'personal', event_id: 'public', topic: 'personal', key: 'personal',
    subject: 'personal', collapse: 'personal', created_at: 'personal', seen_at: 'personal',
  });
  await classify(db, 'preferences', { person_id: 'personal', topic: 'personal', channels: 'personal' });
  await classify(db, 'preference_versions', { person_id: 'personal', version: 'public' });
}
