import type { PersonId } from '@muster/contracts/kernel/ids';
import type { CivilDate, Weekday } from '@muster/contracts/kernel/time';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { AvailabilityTables } from './availability.schema';

export interface Availability {
  readonly weekly: Weekday[];
  readonly exceptions: Array<{ date: CivilDate; free: boolean }>;
  readonly freeUntil: Date | null;
  readonly version: number;
  readonly updatedAt: Date;
}

@Injectable()
export class AvailabilityRepository {
  constructor(private readonly database: Database) {}

  findAvailability(person: PersonId): Promise<Availability | undefined> {
    return read(this.database.query<AvailabilityTables>(), person);
  }

  findAvailabilityIn(tx: Tx, person: PersonId): Promise<Availability | undefined> {
    return read(tablesOf<AvailabilityTables>(tx), person);
  }

  async saveRule(
    tx: Tx,
    person: PersonId,
    rule: { weekly: Weekday[]; exceptions: ReadonlyArray<{ date: CivilDate; free: boolean }> },
    now: Date,
  ): Promise<void> {
    const tables = tablesOf<AvailabilityTables>(tx);
    await this.write(tx, person, { weekly: rule.weekly }, now);
    await tables.deleteFrom('availability_exceptions').where('person_id', '=', person).execute();
    if (rule.exceptions.length > 0) {
      await tables
        .insertInto('availability_exceptions')
        .values(rule.exceptions.map(({ date, free }) => ({ person_id: person, date, free })))
        .execute();
    }
  }

  saveFreeUntil(tx: Tx, person: PersonId, until: Date | null, now: Date): Promise<void> {
    return this.write(tx, person, { free_until: until }, now);
  }

  /** Lists the days from `from` on that assignments take, in order. */
  async listBookedDays(person: PersonId, from: string): Promise<CivilDate[]> {
    const rows = await this.database
      .query<AvailabilityTables>()
      .selectFrom('booked_days')
      .select(dateText)
      .distinct()
      .where('person_id', '=', person)
      .where('date', '>=', from as CivilDate)
      .orderBy('day')
      .execute();
    return rows.map((row) => row.day);
  }

  async insertBookedDays(tx: Tx, person: PersonId, assignment: string, days: readonly CivilDate[]): Promise<void> {
    if (days.length === 0) return;
    await tablesOf<AvailabilityTables>(tx)
      .insertInto('booked_days')
      .values(days.map((date) => ({ person_id: person, assignment_id: assignment, date })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async deleteBookedDays(tx: Tx, person: PersonId, assignment: string, days: readonly CivilDate[]): Promise<void> {
    if (days.length === 0) return;
    await tablesOf<AvailabilityTables>(tx)
      .deleteFrom('booked_days')
      .where('person_id', '=', person)
      .where('assignment_id', '=', assignment)
      .where('date', 'in', days)
      .execute();
  }

  /** Reads a page of calendars in the order of person ids, for a snapshot, by two queries. */
  async snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<ReadonlyMap<PersonId, Availability>> {
    const tables = tablesOf<AvailabilityTables>(tx);
    let query = tables.selectFrom('availability').selectAll();
    if (after) query = query.where('person_id', '>', after as PersonId);
    const rows = await query.orderBy('person_id').limit(limit).execute();
    return calendarsOf(tables, rows);
  }

  private async write(
    tx: Tx,
    person: PersonId,
    change: Partial<Pick<AvailabilityTables['availability'], 'weekly' | 'free_until'>>,
    now: Date,
  ): Promise<void> {
    await tablesOf<AvailabilityTables>(tx)
      .insertInto('availability')
      .values({ weekly: [], free_until: null, ...change, person_id: person, version: 1, updated_at: now })
      .onConflict((conflict) =>
        conflict.column('person_id').doUpdateSet((row) => ({
          ...change,
          version: row('availability.version', '+', 1),
          updated_at: now,
        })),
      )
      .execute();
  }
}

/** A civil date as text, because the driver would turn it into an instant. */
const dateText = sql<CivilDate>`to_char(date, 'YYYY-MM-DD')`.as('day');

async function read(tables: Kysely<AvailabilityTables>, person: PersonId): Promise<Availability | undefined> {
  const rows = await tables.selectFrom('availability').selectAll().where('person_id', '=', person).execute();
  return (await calendarsOf(tables, rows)).get(person);
}

async function calendarsOf(
  tables: Kysely<AvailabilityTables>,
  rows: ReadonlyArray<AvailabilityTables['availability']>,
): Promise<ReadonlyMap<PersonId, Availability>> {
  const calendars = new Map(
    rows.map((row): [PersonId, Availability] => [
      row.person_id,
      { weekly: row.weekly, exceptions: [], freeUntil: row.free_until, version: row.version, updatedAt: row.updated_at },
    ]),
  );
  if (rows.length === 0) return calendars;
  const exceptions = await tables
    .selectFrom('availability_exceptions')
    .select(['person_id', dateText, 'free'])
    .where('person_id', 'in', [...calendars.keys()])
    .orderBy('day')
    .execute();
  for (const { person_id, day, free } of exceptions) calendars.get(person_id)?.exceptions.push({ date: day, free });
  return calendars;
}
