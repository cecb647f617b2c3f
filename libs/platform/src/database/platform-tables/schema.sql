-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

create sequence outbox_position;

-- kept: until erasure
create table aggregate_versions (
  aggregate_type text not null, -- public
  aggregate_id text not null, -- personal
  version bigint not null, -- public
  constraint aggregate_versions_pkey PRIMARY KEY (aggregate_type, aggregate_id)
) with (fillfactor=80);

-- kept: few rows
create table consumers (
  name text not null, -- public
  types text[] not null, -- public
  since timestamp with time zone not null default now(), -- public
  seen_at timestamp with time zone not null default now(), -- public
  constraint consumers_pkey PRIMARY KEY (name)
);

-- kept: few rows
create table event_numbering (
  only_row boolean not null default true, -- public
  epoch uuid not null default gen_random_uuid(), -- public
  head bigint not null default 0, -- public
  first_kept bigint not null default 1, -- public
  constraint event_numbering_only_row_check CHECK (only_row),
  constraint event_numbering_pkey PRIMARY KEY (only_row)
);

-- kept: 24 hours after created_at
create table idempotency_keys (
  person_id uuid not null, -- personal
  route_id text not null, -- public
  key text not null, -- public
  fingerprint text not null, -- personal
  answer jsonb, -- location
  created_at timestamp with time zone not null, -- personal
  constraint idempotency_keys_pkey PRIMARY KEY (person_id, route_id, key)
);
CREATE INDEX idempotency_keys_created ON public.idempotency_keys USING btree (created_at);

-- kept: 14 days after done_at
create table inbox (
  consumer text not null, -- public
  event_id uuid not null, -- public
  lane text not null, -- personal
  producer text not null, -- public
  generation integer not null, -- public
  sequence bigint not null, -- public
  envelope jsonb not null, -- location
  received_at timestamp with time zone not null default now(), -- public
  done_at timestamp with time zone, -- public
  constraint inbox_pkey PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_backlog ON public.inbox USING btree (consumer, producer, received_at) WHERE (done_at IS NULL);
CREATE INDEX inbox_done ON public.inbox USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX inbox_numbers ON public.inbox USING btree (producer, generation, sequence);
CREATE INDEX inbox_waiting ON public.inbox USING btree (consumer, lane, generation, sequence) WHERE (done_at IS NULL);

-- kept: until done
create table inbox_lanes (
  consumer text not null, -- public
  lane text not null, -- personal
  due_at timestamp with time zone not null default now(), -- public
  owner uuid, -- public
  fence bigint not null default 0, -- public
  attempts integer not null default 0, -- public
  parked_at timestamp with time zone, -- public
  failed_event uuid, -- public
  last_error text, -- personal
  constraint inbox_lanes_pkey PRIMARY KEY (consumer, lane)
) with (fillfactor=70);
CREATE INDEX inbox_lanes_due ON public.inbox_lanes USING btree (due_at) WHERE (parked_at IS NULL);
CREATE INDEX inbox_lanes_parked ON public.inbox_lanes USING btree (consumer) WHERE (parked_at IS NOT NULL);

-- kept: few rows
create table kysely_migration (
  name character varying(255) not null, -- public
  "timestamp" character varying(255) not null, -- public
  constraint kysely_migration_pkey PRIMARY KEY (name)
);

-- kept: few rows
create table kysely_migration_lock (
  id character varying(255) not null, -- public
  is_locked integer not null default 0, -- public
  constraint kysely_migration_lock_pkey PRIMARY KEY (id)
);

-- kept: 0 hours after lifts_at
create table limit_counts (
  person_id uuid not null, -- personal
  limit_name text not null, -- public
  used integer not null, -- personal
  lifts_at timestamp with time zone not null, -- personal
  constraint limit_counts_pkey PRIMARY KEY (person_id, limit_name)
) with (fillfactor=80);
CREATE INDEX limit_counts_lifts ON public.limit_counts USING btree (lifts_at);

-- kept: 7 days after added_on
create table outbox (
  "position" bigint not null default nextval('outbox_position'::regclass), -- public
  added_on date not null default ((now() AT TIME ZONE 'utc'::text))::date, -- public
  added_at timestamp with time zone not null default now(), -- public
  id uuid not null, -- public
  type text not null, -- public
  "time" timestamp with time zone not null, -- personal
  aggregate_type text not null, -- public
  aggregate_id text not null, -- personal
  aggregate_version bigint not null, -- public
  data jsonb not null, -- location
  recipients uuid[] not null, -- personal
  traceparent text, -- public
  sequence bigint, -- public
  published_at timestamp with time zone, -- public
  constraint outbox_pkey PRIMARY KEY ("position", added_on)
) partition by RANGE (added_on);
CREATE UNIQUE INDEX outbox_sequence ON ONLY public.outbox USING btree (sequence, added_on);
CREATE INDEX outbox_unnumbered ON ONLY public.outbox USING btree ("position") WHERE (sequence IS NULL);
CREATE INDEX outbox_unpublished ON ONLY public.outbox USING btree (sequence) WHERE ((published_at IS NULL) AND (sequence IS NOT NULL));

-- kept: few rows
create table rebuilds (
  consumer text not null, -- public
  wanted_at timestamp with time zone not null default now(), -- public
  reason text not null, -- public
  owner uuid, -- public
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone, -- public
  constraint rebuilds_pkey PRIMARY KEY (consumer)
);

-- kept: few rows
create table received (
  producer text not null, -- public
  generation integer not null, -- public
  epoch uuid not null, -- public
  contiguous bigint not null, -- public
  ahead int8multirange not null default '{}'::int8multirange, -- public
  constraint received_pkey PRIMARY KEY (producer, generation)
);

-- kept: 30 days after done_at or given_up_at
create table tasks (
  kind text not null, -- public
  key text not null, -- personal
  payload jsonb not null, -- personal
  traceparent text, -- public
  enqueued_at timestamp with time zone not null, -- public
  due_at timestamp with time zone not null, -- public
  owner uuid, -- public
  fence bigint not null default 0, -- public
  attempts integer not null default 0, -- public
  last_error text, -- personal
  done_at timestamp with time zone, -- public
  given_up_at timestamp with time zone, -- public
  constraint tasks_pkey PRIMARY KEY (kind, key)
) with (fillfactor=70);
CREATE INDEX tasks_done ON public.tasks USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX tasks_due ON public.tasks USING btree (kind, due_at) WHERE (done_at IS NULL);
CREATE INDEX tasks_given_up ON public.tasks USING btree (given_up_at) WHERE (given_up_at IS NOT NULL);

-- kept: until done
create table timers (
  kind text not null, -- public
  key text not null, -- personal
  due_at timestamp with time zone not null, -- public
  payload jsonb not null, -- personal
  traceparent text, -- public
  attempts integer not null default 0, -- public
  last_error text, -- personal
  constraint timers_pkey PRIMARY KEY (kind, key)
);
CREATE INDEX timers_due ON public.timers USING btree (due_at);

CREATE OR REPLACE FUNCTION public.maintain_outbox(ahead integer, kept integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET lock_timeout TO '200ms'
AS $function$
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
  end $function$
;

CREATE OR REPLACE FUNCTION public.number_events(most integer, OUT first bigint, OUT last bigint)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
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
  end $function$
;

CREATE OR REPLACE FUNCTION public.release_lane(its_consumer text, its_lane text, its_fence bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
  end $function$
;
