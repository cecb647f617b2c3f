import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Card } from '@muster/contracts/user/views';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { PeopleTables } from './person.schema';

@Injectable()
export class PeopleRepository {
  constructor(private readonly database: Database) {}

  /**
   * Saves the name of a person, creating the row if necessary, and returns the date of joining. Locks the row until the
   * end of `tx`.
   */
  async savePersonName(tx: Tx, person: PersonId, displayName: string, now: Date): Promise<Date> {
    const row = await tablesOf<PeopleTables>(tx)
      .insertInto('people')
      .values({ person_id: person, display_name: displayName, photo_id: null, joined_at: now, erased_at: null })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ display_name: displayName }))
      .returning('joined_at')
      .executeTakeFirstOrThrow();
    return row.joined_at;
  }

  /**
   * Makes sure that the person's row exists and locks it until the end of `tx`, so that facts read afterwards cannot
   * change.
   *
   * @returns the current name
   */
  async lockPerson(tx: Tx, person: PersonId, now: Date): Promise<string | null> {
    await tablesOf<PeopleTables>(tx)
      .insertInto('people')
      .values({ person_id: person, display_name: null, photo_id: null, joined_at: now, erased_at: null })
      .onConflict((conflict) => conflict.column('person_id').doNothing())
      .execute();
    const row = await tablesOf<PeopleTables>(tx)
      .selectFrom('people')
      .select('display_name')
      .where('person_id', '=', person)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    return row.display_name;
  }

  /** Lists the cards of those people who have a name, in no particular order. */
  async listCards(people: readonly PersonId[]): Promise<Card[]> {
    const rows = await this.database
      .query<PeopleTables>()
      .selectFrom('people')
      .select(['person_id', 'display_name', 'photo_id'])
      .where('person_id', 'in', [...people])
      .where('erased_at', 'is', null)
      .where('display_name', 'is not', null)
      .execute();
    return rows.map((row) => ({ personId: row.person_id, displayName: row.display_name ?? '', photoId: row.photo_id }));
  }
}
