import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/** Safe on a live database: creates new tables only. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table jobs (
      job_id          uuid primary key,
      contractor      uuid not null,
      state           text not null check (state in ('draft', 'open', 'staffing', 'staffed', 'in_progress', 'completed', 'closed', 'cancelled', 'expired')),
      title           text not null,
      description     text,
      place_id        text not null,
      zone            text not null,
      site_latitude   double precision not null,
      site_longitude  double precision not null,
      radius_km       integer not null,
      currency        text not null,
      first_day       date not null,
      last_day        date not null,
      places          integer not null,
      filled          integer not null default 0 check (filled between 0 and places),
      version         bigint not null,
      created_at      timestamptz not null
    )`.execute(db);
  await sql`create index jobs_of_contractor on jobs (contractor, job_id desc)`.execute(db);

  await sql`
    create table lines (
      line_id        uuid primary key,
      job_id         uuid not null references jobs,
      place_in_job   integer not null,
      trade          text not null,
      minimum_level  smallint not null,
      count          integer not null,
      filled         integer not null default 0 check (filled between 0 and count),
      days           date[] not null,
      starts_at      time not null,
      ends_at        time not null,
      pay_amount     integer not null,
      pay_basis      text not null check (pay_basis in ('hour', 'day', 'piece')),
      language       text,
      unique (job_id, place_in_job)
    )`.execute(db);

  await sql`
    create table invites (
      invite_id      uuid primary key,
      job_id         uuid not null references jobs,
      line_id        uuid not null references lines,
      worker         uuid not null,
      contractor     uuid not null,
      state          text not null check (state in ('planned', 'sent', 'seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded')),
      distance_band  text not null,
      sent_at        timestamptz not null,
      expires_at     timestamptz not null,
      ended_at       timestamptz,
      version        bigint not null,
      constraint one_invite_per_job unique (job_id, worker)
    )`.execute(db);
  await sql`create index invites_of_worker on invites (worker, invite_id desc)`.execute(db);
  await sql`create index invites_pending_of_worker on invites (worker) where state in ('planned', 'sent', 'seen')`.execute(db);
  await sql`create index invites_pending_of_line on invites (line_id) where state in ('planned', 'sent', 'seen')`.execute(db);

  await sql`
    create table assignments (
      assignment_id  uuid primary key,
      job_id         uuid not null references jobs,
      line_id        uuid not null references lines,
      invite_id      uuid not null unique references invites,
      worker         uuid not null,
      contractor     uuid not null,
      state          text not null,
      first_day      date not null,
      last_day       date not null,
      version        bigint not null,
      made_at        timestamptz not null
    )`.execute(db);
  await sql`create index assignments_of_worker on assignments (worker, first_day)`.execute(db);
  await sql`create index assignments_of_job on assignments (job_id)`.execute(db);

  // One row per worked day. Its exclusion constraint makes two overlapping assignments of a worker impossible, whatever
  // the code does.
  await sql`
    create table assignment_days (
      assignment_id  uuid not null references assignments,
      worker         uuid not null,
      day            date not null,
      during         tstzrange not null check (not isempty(during)),
      primary key (assignment_id, day),
      constraint no_overlapping_work exclude using gist (worker with =, during with &&)
    )`.execute(db);

  await sql`create index assignment_days_of_worker on assignment_days (worker, day)`.execute(db);

  await sql`
    create table slots (
      slot_id        uuid primary key,
      line_id        uuid not null references lines,
      place_in_line  integer not null,
      state          text not null check (state in ('open', 'filled', 'reopened')),
      assignment_id  uuid unique references assignments,
      worker         uuid,
      unique (line_id, place_in_line),
      check ((state = 'filled') = (worker is not null)),
      check ((state = 'filled') = (assignment_id is not null))
    )`.execute(db);

  // Every step of every state machine with its actor and reason, written in the transaction of the step.
  await sql`
    create table steps (
      position    bigint generated always as identity primary key,
      subject     text not null check (subject in ('job', 'slot', 'invite', 'assignment')),
      subject_id  uuid not null,
      from_state  text,
      to_state    text not null,
      actor       text not null check (actor in ('contractor', 'worker', 'system')),
      reason      text not null,
      at          timestamptz not null
    )`.execute(db);
  await sql`create index steps_of_subject on steps (subject_id, position)`.execute(db);

  await classify(db, 'jobs', {
    job_id: 'public', contractor: 'personal', state: 'public', title: 'personal', description: 'personal',
    place_id: 'location', zone: 'public', site_latitude: 'location', site_longitude: 'location', radius_km: 'public',
    currency: 'public', first_day: 'public', last_day: 'public', places: 'public', filled: 'public', version: 'public',
    created_at: 'public',
  });
  await classify(db, 'lines', {
    line_id: 'public', job_id: 'public', place_in_job: 'public', trade: 'public', minimum_level: 'public',
    count: 'public', filled: 'public', days: 'public', starts_at: 'public', ends_at: 'public', pay_amount: 'public',
    pay_basis: 'public', language: 'public',
  });
  await classify(db, 'invites', {
    invite_id: 'public', job_id: 'public', line_id: 'public', worker: 'personal', contractor: 'personal',
    state: 'personal', distance_band: 'location', sent_at: 'personal', expires_at: 'public', ended_at: 'personal',
    version: 'public',
  });
  await classify(db, 'assignments', {
    assignment_id: 'public', job_id: 'public', line_id: 'public', invite_id: 'public', worker: 'personal',
    contractor: 'personal', state: 'personal', first_day: 'personal', last_day: 'personal', version: 'public',
    made_at: 'personal',
  });
  await classify(db, 'assignment_days', {
    assignment_id: 'public', worker: 'personal', day: 'personal', during: 'personal',
  });
  await classify(db, 'slots', {
    slot_id: 'public', line_id: 'public', place_in_line: 'public', state: 'public', assignment_id: 'public',
    worker: 'personal',
  });
  await classify(db, 'steps', {
    position: 'public', subject: 'public', subject_id: 'public', from_state: 'public', to_state: 'public',
    actor: 'public', reason: 'public', at: 'personal',
  });
}
