-- The tables as the migrations leave them. Written by WRITE_SCHEMA=1 npx jest --selectProjects int <this test>.
-- Each table says how long its rows are kept, each column what it holds; data-classes.ts explains the words.

-- kept: until erasure
create table availability (
  person_id uuid not null, -- personal
  weekly smallint[] not null, -- personal
  free_until timestamp with time zone, -- personal
  version integer not null, -- public
  updated_at timestamp with time zone not null, -- personal
  constraint availability_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(person_id),
  constraint availability_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table availability_exceptions (
  person_id uuid not null, -- personal
  date date not null, -- personal
  free boolean not null, -- personal
  constraint availability_exceptions_person_id_fkey FOREIGN KEY (person_id) REFERENCES availability(person_id),
  constraint availability_exceptions_pkey PRIMARY KEY (person_id, date)
);

-- kept: until erasure
create table booked_days (
  person_id uuid not null, -- personal
  assignment_id uuid not null, -- personal
  date date not null, -- personal
  constraint booked_days_pkey PRIMARY KEY (person_id, assignment_id, date)
);

-- kept: until erasure
create table contractor_profiles (
  person_id uuid not null, -- personal
  place_id text, -- location
  version integer not null, -- public
  created_at timestamp with time zone not null, -- personal
  updated_at timestamp with time zone not null, -- personal
  constraint contractor_profiles_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(person_id),
  constraint contractor_profiles_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table people (
  person_id uuid not null, -- personal
  display_name text, -- personal
  photo_id text, -- personal
  joined_at timestamp with time zone not null, -- personal
  erased_at timestamp with time zone, -- public
  constraint people_pkey PRIMARY KEY (person_id)
);

-- kept: until erasure
create table skills (
  person_id uuid not null, -- personal
  trade text not null, -- personal
  level smallint not null, -- personal
  years smallint not null, -- personal
  constraint skills_person_id_fkey FOREIGN KEY (person_id) REFERENCES worker_profiles(person_id),
  constraint skills_pkey PRIMARY KEY (person_id, trade)
);

-- kept: until erasure
create table worker_profiles (
  person_id uuid not null, -- personal
  place_id text not null, -- location
  home_latitude double precision not null, -- location
  home_longitude double precision not null, -- location
  jitter_north double precision not null, -- location
  jitter_east double precision not null, -- location
  zone text not null, -- personal
  travel_radius_km integer not null, -- personal
  currency text not null, -- public
  day_rate integer not null, -- personal
  floor_rate integer, -- personal
  languages text[] not null, -- personal
  version integer not null, -- public
  created_at timestamp with time zone not null, -- personal
  updated_at timestamp with time zone not null, -- personal
  constraint worker_profiles_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(person_id),
  constraint worker_profiles_pkey PRIMARY KEY (person_id)
);
