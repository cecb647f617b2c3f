import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/** Safe on a live database: creates new tables only. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table conversations (
      conversation_id  uuid primary key,
      kind             text not null check (kind in ('direct', 'job', 'crew')),
      state            text not null check (state in ('requested', 'open', 'frozen', 'archived')),
      job_id           uuid,
      last_sequence    integer not null default 0,
      created_at       timestamptz not null,
      updated_at       timestamptz not null
    )`.execute(db);

  await sql`
    create table members (
      conversation_id  uuid not null references conversations,
      person_id        uuid not null,
      read_up_to       integer not null default 0,
      -- Of the conversation, repeated here so that a person's list is one index scan.
      updated_at       timestamptz not null,
      primary key (conversation_id, person_id)
    )`.execute(db);
  await sql`create index members_by_person on members (person_id, updated_at desc, conversation_id desc)`.execute(db);

  await sql`
    create table messages (
      conversation_id  uuid not null references conversations,
      sequence         integer not null,
      sender           uuid not null,
      client_id        uuid not null,
      text             text not null,
      sent_at          timestamptz not null,
      primary key (conversation_id, sequence),
      unique (conversation_id, sender, client_id)
    )`.execute(db);

  await sql`
    create table socket_tickets (
      ticket_hash  bytea primary key,
      person_id    uuid not null,
      session_id   uuid not null,
      expires_at   timestamptz not null
    )`.execute(db);
  await sql`create index socket_tickets_by_expiry on socket_tickets (expires_at)`.execute(db);

  await classify(db, 'conversations', {
    conversation_id: 'public', kind: 'public', state: 'public', job_id: 'public', last_sequence: 'public',
    created_at: 'public', updated_at: 'public',
  });
  await classify(db, 'members', {
    conversation_id: 'public', person_id: 'personal', read_up_to: 'personal', updated_at: 'public',
  });
  await classify(db, 'messages', {
    conversation_id: 'public', sequence: 'public', sender: 'personal', client_id: 'public', text: 'personal',
    sent_at: 'personal',
  });
  await classify(db, 'socket_tickets', {
    ticket_hash: 'secret', person_id: 'personal', session_id: 'personal', expires_at: 'public',
  });
}
