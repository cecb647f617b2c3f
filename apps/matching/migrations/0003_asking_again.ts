import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/**
 * Safe on a live database: it drops a constraint, adds columns with constant defaults, which rewrites nothing, and
 * builds indexes over invites, for which writes wait as long as reading the table once takes. Replicas of the previous
 * release go on working: they ask for less than this allows, and their rows get the defaults.
 */
export async function up(db: Kysely<never>): Promise<void> {
  // A worker may be asked again for another line, or for the same one after an earlier invite ended without an
  // acceptance.
  await sql`alter table invites drop constraint one_invite_per_job`.execute(db);
  await sql`create index invites_of_line on invites (line_id, worker)`.execute(db);
  await sql`create index invites_declined on invites (contractor, ended_at) where state = 'declined'`.execute(db);

  // Invites from before this release may wait two at a time from one contractor, so they stay out of the index.
  await sql`alter table invites add column one_per_contractor boolean not null default false`.execute(db);
  await sql`
    create unique index one_live_invite_per_contractor on invites (contractor, worker)
    where state in ('planned', 'sent', 'seen') and one_per_contractor`.execute(db);
  await sql`create index invites_waiting_of_contractor on invites (contractor, worker) where state in ('planned', 'sent', 'seen')`.execute(db);

  // An invite holds one of a worker's few waiting places for at most a day, however long it may be answered.
  await sql`alter table invites add column holds_place boolean not null default true`.execute(db);

  // The workers who took the worker's hat off. The table belongs to no projection, so that an invite is refused from
  // the very transaction in which the waiting invites were declined.
  await sql`create table hats_off (worker uuid primary key, since timestamptz not null)`.execute(db);

  // The instants that the timers of a job follow. Existing jobs get both instants and their timers.
  await sql`alter table jobs add column first_start timestamptz, add column last_end timestamptz`.execute(db);
  await sql`
    update jobs j set first_start = work.first_start, last_end = work.last_end
    from (
      select jobs.job_id, min((day + l.starts_at) at time zone jobs.zone) as first_start,
        max((day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone jobs.zone) as last_end
      from jobs join lines l on l.job_id = jobs.job_id cross join unnest(l.days) day
      group by jobs.job_id
    ) work
    where work.job_id = j.job_id`.execute(db);
  await sql`
    insert into timers (kind, key, due_at, payload)
    select timer.kind, j.job_id::text, timer.due_at, 'null'
    from jobs j cross join lateral (values ('job.begin', j.first_start), ('job.end', j.last_end)) as timer(kind, due_at)
    where j.state in ('draft', 'open', 'staffing', 'staffed', 'in_progress') and timer.due_at is not null
    on conflict do nothing`.execute(db);
  await sql`
    insert into timers (kind, key, due_at, payload)
    select 'assignment.end', a.assignment_id::text, max(upper(d.during)), 'null'
    from assignments a join assignment_days d on d.assignment_id = a.assignment_id
    where a.state in ('accepted', 'confirmed', 'checked_out')
    group by a.assignment_id
    on conflict do nothing`.execute(db);

  await classify(db, 'invites', { one_per_contractor: 'public', holds_place: 'public' });
  await classify(db, 'jobs', { first_start: 'public', last_end: 'public' });
  await classify(db, 'hats_off', { worker: 'personal', since: 'personal' });
}
