import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/** Safe on a live database: creates new tables only. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table people (
      person_id     uuid primary key,
      display_name  text,
      photo_id      text,
      joined_at     timestamptz not null,
      erased_at     timestamptz
    )`.execute(db);

  await sql`
    create table worker_profiles (
      person_id         uuid primary key references people,
      place_id          text not null,
      -- The home point and what hides it. Neither is ever part of an answer or an event: those carry the cell.
      home_latitude     double precision not null,
      home_longitude    double precision not null,
      jitter_north      double precision not null,
      jitter_east       double precision not null,
      zone              text not null,
      travel_radius_km  integer not null,
      currency          text not null,
      day_rate          integer not null,
      floor_rate        integer,
      languages         text[] not null,
      version           integer not null,
      created_at        timestamptz not null,
      updated_at        timestamptz not null
    )`.execute(db);

  await sql`
    create table skills (
      person_id  uuid not null references worker_profiles,
      trade      text not null,
      level      smallint not null,
      years      smallint not null,
      primary key (person_id, trade)
    )`.execute(db);

  await sql`
    create table contractor_profiles (
      person_id   uuid primary key references people,
      place_id    text,
      version     integer not null,
      created_at  timestamptz not null,
      updated_at  timestamptz not null
    )`.execute(db);

  await sql`
    create table availability (
      person_id   uuid primary key references people,
      weekly      smallint[] not null,
      free_until  timestamptz,
      version     integer not null,
      updated_at  timestamptz not null
    )`.execute(db);

  await sql`
    create table availability_exceptions (
      person_id  uuid not null references availability,
      date       date not null,
      free       boolean not null,
      primary key (person_id, date)
    )`.execute(db);

  // A copy for the calendar on the worker's screen; matching decides whether bookings overlap.
  await sql`
    create table booked_days (
      person_id      uuid not null,
      assignment_id  uuid not null,
      date           date not null,
      primary key (person_id, assignment_id, date)
    )`.execute(db);

  await classify(db, 'people', {
    person_id: 'personal', display_name: 'personal', photo_id: 'personal', joined_at: 'personal', erased_at: 'public',
  });
  await classify(db, 'worker_profiles', {
    person_id: 'personal', place_id: 'location', home_latitude: 'location', home_longitude: 'location',
    jitter_north: 'location', jitter_east: 'location', zone: 'personal', travel_radius_km: 'personal',
    currency: 'public', day_rate: 'personal', floor_rate: 'personal', languages: 'personal', version: 'public',
    created_at: 'personal', updated_at: 'personal',
  });
  await classify(db, 'skills', { person_id: 'personal', trade: 'personal', level: 'personal', years: 'personal' });
  await classify(db, 'contractor_profiles', {
    person_id: 'personal', place_id: 'location', version: 'public', created_at: 'personal', updated_at: 'personal',
  });
  await classify(db, 'availability', {
    person_id: 'personal', weekly: 'personal', free_until: 'personal', version: 'public', updated_at: 'personal',
  });
  await classify(db, 'availability_exceptions', { person_id: 'personal', date: 'personal', free: 'personal' });
  await classify(db, 'booked_days', { person_id: 'personal', assignment_id: 'personal', date: 'personal' });
}
