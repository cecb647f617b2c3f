-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

create extension btree_gist;

-- kept: until erasure
create table assignment_days (
  assignment_id uuid not null, -- public
  worker uuid not null, -- personal
  day date not null, -- personal
  during tstzrange not null, -- personal
  given_up boolean not null default false, -- personal
  constraint assignment_days_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments(assignment_id),
  constraint assignment_days_during_check CHECK ((NOT isempty(during))),
  constraint assignment_days_pkey PRIMARY KEY (assignment_id, day),
  constraint no_overlapping_work EXCLUDE USING gist (worker WITH =, during WITH &&) WHERE ((NOT given_up))
);
CREATE INDEX assignment_days_of_worker ON public.assignment_days USING btree (worker, day);

-- kept: until erasure
create table assignments (
  assignment_id uuid not null, -- public
  job_id uuid not null, -- public
  line_id uuid not null, -- public
  invite_id uuid not null, -- public
  worker uuid not null, -- personal
  contractor uuid not null, -- personal
  state text not null, -- personal
  first_day date not null, -- personal
  last_day date not null, -- personal
  version bigint not null, -- public
  made_at timestamp with time zone not null, -- personal
  constraint assignments_invite_id_fkey FOREIGN KEY (invite_id) REFERENCES invites(invite_id),
  constraint assignments_invite_id_key UNIQUE (invite_id),
  constraint assignments_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(job_id),
  constraint assignments_line_id_fkey FOREIGN KEY (line_id) REFERENCES lines(line_id),
  constraint assignments_pkey PRIMARY KEY (assignment_id)
);
CREATE INDEX assignments_of_job ON public.assignments USING btree (job_id);
CREATE INDEX assignments_of_worker ON public.assignments USING btree (worker, first_day);

-- kept: until erasure
create table hats_off (
  worker uuid not null, -- personal
  since timestamp with time zone not null, -- personal
  constraint hats_off_pkey PRIMARY KEY (worker)
);

-- kept: until erasure
create table invites (
  invite_id uuid not null, -- public
  job_id uuid not null, -- public
  line_id uuid not null, -- public
  worker uuid not null, -- personal
  contractor uuid not null, -- personal
  state text not null, -- personal
  distance_band text not null, -- location
  sent_at timestamp with time zone not null, -- personal
  expires_at timestamp with time zone not null, -- public
  ended_at timestamp with time zone, -- personal
  version bigint not null, -- public
  one_per_contractor boolean not null default false, -- public
  holds_place boolean not null default true, -- public
  constraint invites_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(job_id),
  constraint invites_line_id_fkey FOREIGN KEY (line_id) REFERENCES lines(line_id),
  constraint invites_pkey PRIMARY KEY (invite_id),
  constraint invites_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sent'::text, 'seen'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text, 'superseded'::text])))
);
CREATE INDEX invites_declined ON public.invites USING btree (contractor, ended_at) WHERE (state = 'declined'::text);
CREATE INDEX invites_of_line ON public.invites USING btree (line_id, worker);
CREATE INDEX invites_of_worker ON public.invites USING btree (worker, invite_id DESC);
CREATE INDEX invites_pending_of_line ON public.invites USING btree (line_id) WHERE (state = ANY (ARRAY['planned'::text, 'sent'::text, 'seen'::text]));
CREATE INDEX invites_pending_of_worker ON public.invites USING btree (worker) WHERE (state = ANY (ARRAY['planned'::text, 'sent'::text, 'seen'::text]));
CREATE INDEX invites_waiting_of_contractor ON public.invites USING btree (contractor, worker) WHERE (state = ANY (ARRAY['planned'::text, 'sent'::text, 'seen'::text]));
CREATE UNIQUE INDEX one_live_invite_per_contractor ON public.invites USING btree (contractor, worker) WHERE ((state = ANY (ARRAY['planned'::text, 'sent'::text, 'seen'::text])) AND one_per_contractor);

-- kept: until erasure
create table jobs (
  job_id uuid not null, -- public
  contractor uuid not null, -- personal
  state text not null, -- public
  title text not null, -- personal
  description text, -- personal
  place_id text not null, -- location
  zone text not null, -- public
  site_latitude double precision not null, -- location
  site_longitude double precision not null, -- location
  radius_km integer not null, -- public
  currency text not null, -- public
  first_day date not null, -- public
  last_day date not null, -- public
  places integer not null, -- public
  filled integer not null default 0, -- public
  version bigint not null, -- public
  created_at timestamp with time zone not null, -- public
  first_start timestamp with time zone, -- public
  last_end timestamp with time zone, -- public
  constraint jobs_check CHECK (((filled >= 0) AND (filled <= places))),
  constraint jobs_pkey PRIMARY KEY (job_id),
  constraint jobs_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'staffing'::text, 'staffed'::text, 'in_progress'::text, 'completed'::text, 'closed'::text, 'cancelled'::text, 'expired'::text])))
);
CREATE INDEX jobs_of_contractor ON public.jobs USING btree (contractor, job_id DESC);

-- kept: until erasure
create table lines (
  line_id uuid not null, -- public
  job_id uuid not null, -- public
  place_in_job integer not null, -- public
  trade text not null, -- public
  minimum_level smallint not null, -- public
  count integer not null, -- public
  filled integer not null default 0, -- public
  days date[] not null, -- public
  starts_at time without time zone not null, -- public
  ends_at time without time zone not null, -- public
  pay_amount integer not null, -- public
  pay_basis text not null, -- public
  language text, -- public
  constraint lines_check CHECK (((filled >= 0) AND (filled <= count))),
  constraint lines_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(job_id),
  constraint lines_job_id_place_in_job_key UNIQUE (job_id, place_in_job),
  constraint lines_pay_basis_check CHECK ((pay_basis = ANY (ARRAY['hour'::text, 'day'::text, 'piece'::text]))),
  constraint lines_pkey PRIMARY KEY (line_id)
);

-- kept: until erasure
create table people (
  person_id uuid not null, -- personal
  erased_at timestamp with time zone, -- public
  constraint people_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table slots (
  slot_id uuid not null, -- public
  line_id uuid not null, -- public
  place_in_line integer not null, -- public
  state text not null, -- public
  assignment_id uuid, -- public
  worker uuid, -- personal
  constraint slots_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments(assignment_id),
  constraint slots_assignment_id_key UNIQUE (assignment_id),
  constraint slots_check CHECK (((state = 'filled'::text) = (worker IS NOT NULL))),
  constraint slots_check1 CHECK (((state = 'filled'::text) = (assignment_id IS NOT NULL))),
  constraint slots_line_id_fkey FOREIGN KEY (line_id) REFERENCES lines(line_id),
  constraint slots_line_id_place_in_line_key UNIQUE (line_id, place_in_line),
  constraint slots_pkey PRIMARY KEY (slot_id),
  constraint slots_state_check CHECK ((state = ANY (ARRAY['open'::text, 'filled'::text, 'reopened'::text])))
);

-- kept: 400 days after at
create table steps (
  "position" bigint not null generated always as identity, -- public
  subject text not null, -- public
  subject_id uuid not null, -- public
  from_state text, -- public
  to_state text not null, -- public
  actor text not null, -- public
  reason text not null, -- public
  at timestamp with time zone not null, -- personal
  constraint steps_actor_check CHECK ((actor = ANY (ARRAY['contractor'::text, 'worker'::text, 'system'::text]))),
  constraint steps_pkey PRIMARY KEY ("position"),
  constraint steps_subject_check CHECK ((subject = ANY (ARRAY['job'::text, 'slot'::text, 'invite'::text, 'assignment'::text])))
);
CREATE INDEX steps_at ON public.steps USING btree (at);
CREATE INDEX steps_of_subject ON public.steps USING btree (subject_id, "position");

-- kept: few rows
create table worker_change_numbering (
  only_row boolean not null default true, -- public
  epoch uuid not null default gen_random_uuid(), -- public
  head bigint not null default 0, -- public
  constraint worker_change_numbering_only_row_check CHECK (only_row),
  constraint worker_change_numbering_pkey PRIMARY KEY (only_row)
);

-- kept: 1 hours after added_at
create table worker_changes (
  "position" bigint not null generated always as identity, -- public
  person_id uuid not null, -- personal
  added_at timestamp with time zone not null default clock_timestamp(), -- public
  number bigint, -- public
  constraint worker_changes_pkey PRIMARY KEY ("position")
);
CREATE INDEX worker_changes_added ON public.worker_changes USING btree (added_at);
CREATE UNIQUE INDEX worker_changes_number ON public.worker_changes USING btree (number);
CREATE INDEX worker_changes_unnumbered ON public.worker_changes USING btree ("position") WHERE (number IS NULL);

-- kept: until erasure
create table worker_documents (
  person_id uuid not null, -- personal
  display_name text not null, -- personal
  photo_id text, -- personal
  cell_latitude double precision not null, -- location
  cell_longitude double precision not null, -- location
  zone text not null, -- personal
  travel_radius_km integer not null, -- personal
  skills jsonb not null, -- personal
  currency text not null, -- public
  day_rate integer not null, -- personal
  floor_rate integer not null, -- personal
  languages text[] not null, -- personal
  weekly smallint[] not null, -- personal
  exceptions jsonb not null, -- personal
  free_until timestamp with time zone, -- personal
  availability_updated_at timestamp with time zone not null, -- personal
  joined_at timestamp with time zone not null, -- personal
  changed_at timestamp with time zone not null, -- personal
  constraint worker_documents_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table worker_sources (
  person_id uuid not null, -- personal
  source text not null, -- public
  version bigint not null, -- public
  facts jsonb not null, -- location
  changed_at timestamp with time zone not null, -- personal
  constraint worker_sources_pkey PRIMARY KEY (person_id, source),
  constraint worker_sources_source_check CHECK ((source = ANY (ARRAY['account'::text, 'hats'::text, 'profile'::text, 'availability'::text])))
);

CREATE OR REPLACE FUNCTION public.number_worker_changes(most integer)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
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
  end $function$
;
