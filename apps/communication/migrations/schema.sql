-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

-- kept: until erasure
create table conversations (
  conversation_id uuid not null, -- public
  kind text not null, -- public
  state text not null, -- public
  job_id uuid, -- public
  last_sequence integer not null default 0, -- public
  created_at timestamp with time zone not null, -- public
  updated_at timestamp with time zone not null, -- public
  constraint conversations_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'job'::text, 'crew'::text]))),
  constraint conversations_pkey PRIMARY KEY (conversation_id),
  constraint conversations_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'open'::text, 'frozen'::text, 'archived'::text])))
);

-- kept: until erasure
create table members (
  conversation_id uuid not null, -- public
  person_id uuid not null, -- personal
  read_up_to integer not null default 0, -- personal
  updated_at timestamp with time zone not null, -- public
  constraint members_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(conversation_id),
  constraint members_pkey PRIMARY KEY (conversation_id, person_id)
);
CREATE INDEX members_by_person ON public.members USING btree (person_id, updated_at DESC, conversation_id DESC);

-- kept: until erasure
create table messages (
  conversation_id uuid not null, -- public
  sequence integer not null, -- public
  sender uuid not null, -- personal
  client_id uuid not null, -- public
  text text not null, -- personal
  sent_at timestamp with time zone not null, -- personal
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(conversation_id),
  constraint messages_conversation_id_sender_client_id_key UNIQUE (conversation_id, sender, client_id),
  constraint messages_pkey PRIMARY KEY (conversation_id, sequence)
);

-- kept: 0 hours after expires_at
create table socket_tickets (
  ticket_hash bytea not null, -- secret
  person_id uuid not null, -- personal
  session_id uuid not null, -- personal
  expires_at timestamp with time zone not null, -- public
  issued_at bigint, -- public
  session_until bigint, -- public
  constraint socket_tickets_pkey PRIMARY KEY (ticket_hash)
);
CREATE INDEX socket_tickets_by_expiry ON public.socket_tickets USING btree (expires_at);
