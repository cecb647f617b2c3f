-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

-- kept: until erasure
create table accounts (
  person_id uuid not null, -- personal
  email text not null, -- contact
  email_key text not null, -- contact
  password_hash text not null, -- secret
  date_of_birth date not null, -- personal
  locale text not null, -- personal
  state text not null, -- personal
  hats text[] not null default '{}'::text[], -- personal
  grants text[] not null default '{}'::text[], -- personal
  created_at timestamp with time zone not null, -- personal
  activated_at timestamp with time zone, -- personal
  tokens_from timestamp with time zone, -- public
  constraint accounts_pkey PRIMARY KEY (person_id),
  constraint accounts_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'locked'::text, 'suspended'::text, 'deletion_requested'::text, 'erasing'::text, 'erased'::text])))
);
CREATE UNIQUE INDEX accounts_email ON public.accounts USING btree (email_key) WHERE (state <> 'pending'::text);
CREATE INDEX accounts_pending ON public.accounts USING btree (created_at) WHERE (state = 'pending'::text);
CREATE INDEX accounts_pending_email ON public.accounts USING btree (email_key) WHERE (state = 'pending'::text);

-- kept: 48 hours after last_at
create table code_quotas (
  login bytea not null, -- personal
  sent_at timestamp with time zone[] not null default '{}'::timestamp with time zone[], -- personal
  last_at timestamp with time zone not null, -- personal
  constraint code_quotas_pkey PRIMARY KEY (login)
);
CREATE INDEX code_quotas_last ON public.code_quotas USING btree (last_at);

-- kept: 2 hours after started_at and next_at
create table guess_buckets (
  bucket text not null, -- public
  key bytea not null, -- personal
  started_at timestamp with time zone not null, -- personal
  attempts integer not null, -- personal
  next_at timestamp with time zone not null, -- personal
  constraint guess_buckets_pkey PRIMARY KEY (bucket, key)
) with (fillfactor=70);
CREATE INDEX guess_buckets_started ON public.guess_buckets USING btree (started_at);

-- kept: 24 hours after created_at
create table mails (
  mail_id uuid not null, -- public
  sealed bytea not null, -- secret
  created_at timestamp with time zone not null, -- public
  constraint mails_pkey PRIMARY KEY (mail_id)
);
CREATE INDEX mails_created ON public.mails USING btree (created_at);

-- kept: 2 hours after at
create table network_failures (
  network bytea not null, -- personal
  login bytea not null, -- personal
  at timestamp with time zone not null, -- personal
  constraint network_failures_pkey PRIMARY KEY (network, login)
);
CREATE INDEX network_failures_at ON public.network_failures USING btree (at);

-- kept: 48 hours after expires_at
create table one_time_codes (
  code_id uuid not null, -- public
  purpose text not null, -- public
  email_key text not null, -- contact
  person_id uuid not null, -- personal
  mac bytea not null, -- secret
  browser bytea, -- secret
  tries integer not null default 0, -- public
  created_at timestamp with time zone not null, -- personal
  expires_at timestamp with time zone not null, -- public
  used_at timestamp with time zone, -- personal
  constraint one_time_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts(person_id) ON DELETE CASCADE,
  constraint one_time_codes_pkey PRIMARY KEY (code_id)
);
CREATE INDEX one_time_codes_browser ON public.one_time_codes USING btree (browser);
CREATE INDEX one_time_codes_expired ON public.one_time_codes USING btree (expires_at);
CREATE INDEX one_time_codes_person ON public.one_time_codes USING btree (person_id);

-- kept: few rows
create table refresh_keys (
  key_id uuid not null, -- public
  sealed bytea not null, -- secret
  created_at timestamp with time zone not null, -- public
  active_from timestamp with time zone not null, -- public
  constraint refresh_keys_pkey PRIMARY KEY (key_id)
);

-- kept: few rows
create table revocation_head (
  only_row boolean not null default true, -- public
  epoch uuid not null default gen_random_uuid(), -- public
  head bigint not null default 0, -- public
  constraint revocation_head_only_row_check CHECK (only_row),
  constraint revocation_head_pkey PRIMARY KEY (only_row)
);

-- kept: 1 hours after issued_before
create table revocations (
  sequence bigint not null, -- public
  person_id uuid not null, -- personal
  session_id uuid, -- personal
  issued_before timestamp with time zone not null, -- personal
  constraint revocations_pkey PRIMARY KEY (sequence)
);
CREATE INDEX revocations_issued ON public.revocations USING btree (issued_before);

-- kept: 7 days after ended_at or expires_at
create table sessions (
  session_id uuid not null, -- personal
  person_id uuid not null, -- personal
  number bigint not null, -- public
  key_id uuid not null, -- public
  rotated_at timestamp with time zone not null, -- personal
  attempt bytea, -- secret
  device text, -- personal
  started_at timestamp with time zone not null, -- personal
  last_used_at timestamp with time zone not null, -- personal
  expires_at timestamp with time zone not null, -- public
  ended_at timestamp with time zone, -- personal
  ended_because text, -- personal
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts(person_id) ON DELETE CASCADE,
  constraint sessions_pkey PRIMARY KEY (session_id)
) with (fillfactor=80);
CREATE INDEX sessions_ended ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX sessions_expire ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id, started_at) WHERE (ended_at IS NULL);
CREATE INDEX sessions_started ON public.sessions USING btree (started_at);
CREATE INDEX sessions_used ON public.sessions USING btree (last_used_at);

-- kept: few rows
create table signing_keys (
  kid uuid not null, -- public
  public_jwk jsonb not null, -- public
  private_sealed bytea not null, -- secret
  created_at timestamp with time zone not null, -- public
  active_from timestamp with time zone not null, -- public
  constraint signing_keys_pkey PRIMARY KEY (kid)
);
