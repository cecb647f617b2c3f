import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/** Safe on a live database: creates tables, a function and an extension only. */
export async function up(db: Kysely<never>): Promise<void> {
  // The extension is trusted, so the migrator's role may create it. The exclusion constraint of 0002 needs it to
  // combine a uuid with a range.
  await sql`create extension if not exists btree_gist`.execute(db);

  // One row per person that matching has ever heard of. Its lock serialises everything that is decided about a worker,
  // and it serves as the tombstone.
  await sql`
    create table people (
      person_id  uuid primary key,
      erased_at  timestamptz
    )`.execute(db);

  // The latest facts of each stream with their version, kept apart so that no stream waits for another.
  await sql`
    create table worker_sources (
      person_id   uuid not null,
      source      text not null check (source in ('account', 'hats', 'profile', 'availability')),
      version     bigint not null,
      facts       jsonb not null,
      changed_at  timestamptz not null,
      primary key (person_id, source)
    )`.execute(db);

  // The facts about a worker that the search index holds, except for bookings and waiting invites, which are read with
  // them. A row exists only while facts of all sources are there and allow the worker to be found.
  await sql`
    create table worker_documents (
      person_id               uuid primary key,
      display_name            text not null,
      photo_id                text,
      cell_latitude           double precision not null,
      cell_longitude          double precision not null,
      zone                    text not null,
      travel_radius_km        integer not null,
      skills                  jsonb not null,
      currency                text not null,
      day_rate                integer not null,
      floor_rate              integer not null,
      languages               text[] not null,
      weekly                  smallint[] not null,
      exceptions              jsonb not null,
      free_until              timestamptz,
      availability_updated_at timestamptz not null,
      joined_at               timestamptz not null,
      changed_at              timestamptz not null
    )`.execute(db);

  // Changes are numbered after the commit, like the outbox; the index of every replica reads them by number.
  await sql`
    create table worker_changes (
      position   bigint generated always as identity primary key,
      person_id  uuid not null,
      added_at   timestamptz not null default clock_timestamp(),
      number     bigint
    )`.execute(db);
  await sql`create unique index worker_changes_number on worker_changes (number)`.execute(db);
  await sql`create index worker_changes_unnumbered on worker_changes (position) where number is null`.execute(db);
  await sql`
    create table worker_change_numbering (
      only_row  boolean primary key default true check (only_row),
      epoch     uuid not null default gen_random_uuid(),
      head      bigint not null default 0
    )`.execute(db);
  await sql`insert into worker_change_numbering default values`.execute(db);
  await sql.raw(numberWorkerChanges).execute(db);

  await classify(db, 'people', { person_id: 'personal', erased_at: 'public' });
  await classify(db, 'worker_sources', {
    person_id: 'personal', source: 'public', version: 'public', facts: 'location', changed_at: 'personal',
  });
  await classify(db, 'worker_documents', {
    person_id: 'personal', display_name: 'personal', photo_id: 'personal', cell_latitude: 'location',
    cell_longitude: 'location', zone: 'personal', travel_radius_km: 'personal', skills: 'personal', currency: 'public',
    day_rate: 'personal', floor_rate: 'personal', languages: 'personal', weekly: 'personal', exceptions: 'personal',
    free_until: 'personal', availability_updated_at: 'personal', joined_at: 'personal', changed_at: 'personal',
  });
  await classify(db, 'worker_changes', { position: 'public', person_id: 'personal', added_at: 'public', number: 'public' });
  await classify(db, 'worker_change_numbering', { only_row: 'public', epoch: 'public', head: 'public' });
}

/**
 * Gives committed changes the next numbers and notifies all replicas once. The advisory lock belongs to the
 * transaction, because a session's lock would survive in a stopped process. Each statement of the function sees what
 * was committed before the statement began.
 */
const numberWorkerChanges = `
  create function number_worker_changes(most integer) returns bigint language plpgsql as $$
  declare
    before bigint;
    given bigint;
  begin
    if not exists (select from worker_changes where number is null) then
      return 0;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('muster.number_worker_changes', 0));
    select head into strict before from worker_change_numbering for update;
    with next as materialized (
      select position, before + row_number() over (order by position) as given_number
      from (select position from worker_changes where number is null order by position limit most) waiting
    )
    update worker_changes set number = next.given_number from next where worker_changes.position = next.position;
    get diagnostics given = row_count;
    if given > 0 then
      update worker_change_numbering set head = before + given;
      perform pg_notify('worker_changes', (before + given)::text);
    end if;
    return given;
  end $$`;
