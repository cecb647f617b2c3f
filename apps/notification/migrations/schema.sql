-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

-- kept: 120 days after created_at
create table notices (
  notice_id uuid not null, -- public
  person_id uuid not null, -- personal
  event_id uuid not null, -- public
  topic text not null, -- personal
  key text not null, -- personal
  subject jsonb not null, -- personal
  collapse text, -- personal
  created_at timestamp with time zone not null, -- personal
  seen_at timestamp with time zone, -- personal
  constraint notices_person_id_event_id_key UNIQUE (person_id, event_id),
  constraint notices_pkey PRIMARY KEY (notice_id)
);
CREATE INDEX notices_by_person ON public.notices USING btree (person_id, created_at DESC, notice_id DESC);
CREATE UNIQUE INDEX notices_collapse ON public.notices USING btree (person_id, collapse) WHERE (seen_at IS NULL);
CREATE INDEX notices_created ON public.notices USING btree (created_at);
CREATE INDEX notices_unseen ON public.notices USING btree (person_id) WHERE (seen_at IS NULL);

-- kept: until erasure
create table preference_versions (
  person_id uuid not null, -- personal
  version integer not null, -- public
  constraint preference_versions_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table preferences (
  person_id uuid not null, -- personal
  topic text not null, -- personal
  channels text[] not null, -- personal
  constraint preferences_pkey PRIMARY KEY (person_id, topic)
);
