// Safe on a live service: creates tables only, before the service's first migration.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of [
    numbering, versions, outbox, numberEvents, maintainOutbox, consumers, received, inbox, lanes, releaseLane, rebuilds,
  ]) {
    await sql.raw(statement).execute(db);
  }
  await sql`select maintain_outbox(7, 7)`.execute(db);
}

/** One row: the present epoch and the highest number given in it. */
const numbering = `
  create table event_numbering (
    only_row boolean primary key default true check (only_row),
    epoch uuid not null default gen_random_uuid(),
    head bigint not null default 0,
    first_kept bigint not null default 1
  );
  insert into event_numbering default values`;

/** The row lock that the upsert takes is what makes version order, position order and commit order of an aggregate agree. */
const versions = `
  create table aggregate_versions (
    aggregate_type text not null,
    aggregate_id text not null,
    version bigint not null,
    primary key (aggregate_type, aggregate_id)
  ) with (fillfactor = 80)`;

/**
 * Daily partitions by the database's day, so that a week goes by dropping a table. The default partition catches
 * rows of a day whose partition nobody could make. An identity column of a partitioned table needs PostgreSQL 17;
 * a sequence does the same before.
 */
const outbox = `
  create sequence outbox_position;
  create table outbox (
    position bigint not null default nextval('outbox_position'),
    added_on date not null default (now() at time zone 'utc')::date,
    added_at timestamptz not null default now(),
    id uuid not null,
    type text not null,
    time timestamptz not null,
    aggregate_type text not null,
    aggregate_id text not null,
    aggregate_version bigint not null,
    data jsonb not null,
    recipients uuid[] not null,
    traceparent text,
    sequence bigint,
    published_at timestamptz,
    primary key (position, added_on)
  ) partition by range (added_on);
  create unique index outbox_sequence on outbox (sequence, added_on);
  create index outbox_unnumbered on outbox (position) where sequence is null;
  create index outbox_unpublished on outbox (sequence) where published_at is null and sequence is not null;
  create table outbox_default partition of outbox default`;

/**
 * Gives committed rows the next numbers. The advisory lock is the transaction's: a session's would survive in a
 * stopped process. A function's statements see what committed before each began, so that the one after the lock
 * sees all that earlier holders numbered.
 */
const numberEvents = `
  create function number_events(most integer, out first bigint, out last bigint) language plpgsql as $$
  declare
    before bigint;
    given bigint;
  begin
    first := 1;
    last := 0;
    if not exists (select from outbox where sequence is null) then
      return;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('muster.number_events', 0));
    select head into strict before from event_numbering for update;
    with next as materialized (
      select position, added_on, before + row_number() over (order by position) as number
      from (select position, added_on from outbox where sequence is null order by position limit most) waiting
    )
    update outbox set sequence = next.number
    from next
    where outbox.position = next.position and outbox.added_on = next.added_on;
    get diagnostics given = row_count;
    if given > 0 then
      update event_numbering set head = before + given;
    end if;
    first := before + 1;
    last := before + given;
  end $$`;

/**
 * Makes the partitions of the coming days and drops those older than \`kept\` days in which everything is published.
 * Runs as its owner, because a service's role owns no table; a short lock timeout, because nobody may queue behind it.
 */
const maintainOutbox = `
  create function maintain_outbox(ahead integer, kept integer) returns integer language plpgsql
  security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
  declare
    today date := (now() at time zone 'utc')::date;
    part record;
    last bigint;
    unpublished boolean;
    dropped integer := 0;
  begin
    if not pg_try_advisory_xact_lock(hashtextextended('muster.maintain_outbox', 0)) then
      return 0;
    end if;
    for part in
      select d::date as first_day, 'outbox_' || to_char(d, 'YYYYMMDD') as name
      from generate_series(today, today + ahead, interval '1 day') d
    loop
      if to_regclass(part.name) is null and not exists (select from outbox_default where added_on = part.first_day) then
        execute format('create table %I partition of outbox for values from (%L) to (%L)',
          part.name, part.first_day, part.first_day + 1);
      end if;
    end loop;
    for part in
      select c.relname as name, to_date(substr(c.relname, 8), 'YYYYMMDD') as first_day
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'outbox'::regclass and c.relname ~ '^outbox_[0-9]{8}$'
      order by 2
    loop
      continue when part.first_day >= today - kept;
      execute format('select max(sequence), bool_or(published_at is null) from %I', part.name) into last, unpublished;
      exit when unpublished; -- later days wait as well, so that what is kept has no hole
      update event_numbering set first_kept = greatest(first_kept, last + 1) where last is not null;
      execute format('drop table %I', part.name);
      dropped := dropped + 1;
    end loop;
    if not exists (select from outbox_default where added_on < today - kept and published_at is null) then
      with gone as (delete from outbox_default where added_on < today - kept returning sequence)
      update event_numbering set first_kept = greatest(first_kept, (select max(sequence) + 1 from gone))
      where exists (select from gone);
    end if;
    return dropped;
  end $$`;

/**
 * Who reads here. A replica of the previous release files events for the consumers of the next one as well, so that a
 * rolling deploy misses none. One that no replica has named for a week gets nothing more.
 */
const consumers = `
  create table consumers (
    name text primary key,
    types text[] not null,
    since timestamptz not null default now(),
    seen_at timestamptz not null default now()
  )`;

/**
 * What this service has of each producer: everything up to \`contiguous\`, and beyond it the numbers in \`ahead\`.
 * A new epoch, or a producer that fell behind what it once said, begins a new generation.
 */
const received = `
  create table received (
    producer text not null,
    generation integer not null,
    epoch uuid not null,
    contiguous bigint not null,
    ahead int8multirange not null default '{}',
    primary key (producer, generation)
  )`;

const inbox = `
  create table inbox (
    consumer text not null,
    event_id uuid not null,
    lane text not null,
    producer text not null,
    generation integer not null,
    sequence bigint not null,
    envelope jsonb not null,
    received_at timestamptz not null default now(),
    done_at timestamptz,
    primary key (consumer, event_id)
  );
  create index inbox_waiting on inbox (consumer, lane, generation, sequence) where done_at is null;
  create index inbox_numbers on inbox (producer, generation, sequence);
  create index inbox_done on inbox (done_at) where done_at is not null`;

/**
 * One row per consumer and aggregate that has something to do: its presence means that the oldest waiting event may be
 * processed (its number is contiguous). While it is claimed \`due_at\` is the end of the lease; \`fence\` grows with each
 * claim. A parked lane is out of the claim's index with all that arrives later.
 */
const lanes = `
  create table inbox_lanes (
    consumer text not null,
    lane text not null,
    due_at timestamptz not null default now(),
    owner uuid,
    fence bigint not null default 0,
    attempts integer not null default 0,
    parked_at timestamptz,
    failed_event uuid,
    last_error text,
    primary key (consumer, lane)
  ) with (fillfactor = 70);
  create index inbox_lanes_due on inbox_lanes (due_at) where parked_at is null;
  create index inbox_lanes_parked on inbox_lanes (consumer) where parked_at is not null`;

/**
 * Ends a claim: the lane goes when nothing waits in it. The row lock comes first, in a statement of its own: whoever
 * files events touches the lane's row after them, so that either its events are seen here or its lane outlives this.
 */
const releaseLane = `
  create function release_lane(its_consumer text, its_lane text, its_fence bigint) returns void language plpgsql as $$
  begin
    perform from inbox_lanes where consumer = its_consumer and lane = its_lane and fence = its_fence for update;
    if not found then
      return;
    end if;
    if exists (
      select from inbox join received using (producer, generation)
      where consumer = its_consumer and lane = its_lane and done_at is null and sequence <= contiguous
    ) then
      update inbox_lanes set owner = null, due_at = now(), attempts = 0, last_error = null, failed_event = null
      where consumer = its_consumer and lane = its_lane;
    else
      delete from inbox_lanes where consumer = its_consumer and lane = its_lane;
    end if;
  end $$`;

/** Consumers whose projection has to be made anew from snapshots. */
const rebuilds = `
  create table rebuilds (
    consumer text primary key,
    wanted_at timestamptz not null default now(),
    reason text not null,
    owner uuid,
    lease_until timestamptz not null default '-infinity'
  )`;
