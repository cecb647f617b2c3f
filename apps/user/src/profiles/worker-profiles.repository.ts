import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Money } from '@muster/contracts/kernel/money';
import type { PlaceId, Point } from '@muster/contracts/kernel/place';
import type { Zone } from '@muster/contracts/kernel/time';
import type { Skill } from '@muster/contracts/user/views';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { Jitter } from './cell.rules';
import type { Languages, WorkerProfileTables } from './worker-profile.schema';

export interface WorkerProfile {
  readonly personId: PersonId;
  readonly displayName: string;
  readonly joinedAt: Date;
  readonly placeId: PlaceId;
  /** Private: other services learn only the cell. */
  readonly home: Point;
  readonly jitter: Jitter;
  readonly zone: Zone;
  readonly travelRadiusKm: number;
  readonly dayRate: Money;
  readonly floorRate: Money | null;
  readonly languages: Languages;
  readonly skills: readonly Skill[];
  readonly version: number;
  readonly updatedAt: Date;
}

export type WorkerProfileWrite = Omit<WorkerProfile, 'displayName' | 'joinedAt' | 'version' | 'updatedAt'>;

@Injectable()
export class WorkerProfilesRepository {
  constructor(private readonly database: Database) {}

  findWorkerProfile(person: PersonId): Promise<WorkerProfile | undefined> {
    return read(this.database.query<WorkerProfileTables>(), person);
  }

  findWorkerProfileIn(tx: Tx, person: PersonId): Promise<WorkerProfile | undefined> {
    return read(tablesOf<WorkerProfileTables>(tx), person);
  }

  /** Writes the whole profile. The jitter of a person is chosen once and never changes. */
  async saveWorkerProfile(tx: Tx, profile: WorkerProfileWrite, now: Date): Promise<void> {
    const tables = tablesOf<WorkerProfileTables>(tx);
    const values = {
      place_id: profile.placeId,
      home_latitude: profile.home.latitude,
      home_longitude: profile.home.longitude,
      zone: profile.zone,
      travel_radius_km: profile.travelRadiusKm,
      currency: profile.dayRate.currency,
      day_rate: profile.dayRate.amount,
      floor_rate: profile.floorRate?.amount ?? null,
      languages: profile.languages,
      updated_at: now,
    };
    await tables
      .insertInto('worker_profiles')
      .values({
        ...values,
        person_id: profile.personId,
        jitter_north: profile.jitter.north,
        jitter_east: profile.jitter.east,
        version: 1,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict.column('person_id').doUpdateSet((row) => ({ ...values, version: row('worker_profiles.version', '+', 1) })),
      )
      .execute();
    await tables.deleteFrom('skills').where('person_id', '=', profile.personId).execute();
    await tables
      .insertInto('skills')
      .values(profile.skills.map((skill) => ({ ...skill, person_id: profile.personId })))
      .execute();
  }

  async listZonesOf(tx: Tx, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, WorkerProfile['zone']>> {
    if (people.length === 0) return new Map();
    const tables = tablesOf<WorkerProfileTables>(tx);
    const rows = await tables.selectFrom('worker_profiles').select(['person_id', 'zone']).where('person_id', 'in', [...people]).execute();
    return new Map(rows.map((row) => [row.person_id, row.zone]));
  }

  /** Reads a page in the order of ids, for a snapshot. */
  async snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<WorkerProfile[]> {
    const tables = tablesOf<WorkerProfileTables>(tx);
    let query = tables.selectFrom('worker_profiles').select('person_id');
    if (after) query = query.where('person_id', '>', after as PersonId);
    const ids = (await query.orderBy('person_id').limit(limit).execute()).map((row) => row.person_id);
    return readAll(tables, ids);
  }
}

async function read(tables: Kysely<WorkerProfileTables>, person: PersonId): Promise<WorkerProfile | undefined> {
  return (await readAll(tables, [person]))[0];
}

/** Reads the profiles of these people, ordered by person. */
async function readAll(tables: Kysely<WorkerProfileTables>, people: readonly PersonId[]): Promise<WorkerProfile[]> {
  if (people.length === 0) return [];
  const rows = await tables
    .selectFrom('worker_profiles')
    .innerJoin('people', 'people.person_id', 'worker_profiles.person_id')
    .selectAll('worker_profiles')
    .select(['people.display_name', 'people.joined_at'])
    .where('worker_profiles.person_id', 'in', [...people])
    .orderBy('worker_profiles.person_id')
    .execute();
  const skills = await tables
    .selectFrom('skills')
    .selectAll()
    .where('person_id', 'in', [...people])
    .orderBy('level', 'desc')
    .orderBy('trade')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    displayName: row.display_name ?? '',
    joinedAt: row.joined_at,
    placeId: row.place_id,
    home: { latitude: row.home_latitude, longitude: row.home_longitude },
    jitter: { north: row.jitter_north, east: row.jitter_east },
    zone: row.zone,
    travelRadiusKm: row.travel_radius_km,
    dayRate: { amount: row.day_rate, currency: row.currency },
    floorRate: row.floor_rate === null ? null : { amount: row.floor_rate, currency: row.currency },
    languages: row.languages,
    skills: skills
      .filter((skill) => skill.person_id === row.person_id)
      .map(({ trade, level, years }) => ({ trade, level, years })),
    version: row.version,
    updatedAt: row.updated_at,
  }));
}
