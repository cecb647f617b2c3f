import type { PersonId } from '@muster/contracts/kernel/ids';
import type { PlaceId } from '@muster/contracts/kernel/place';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { ContractorProfileTables } from './contractor-profile.schema';

@Injectable()
export class ContractorProfilesRepository {
  constructor(private readonly database: Database) {}

  async findContractorProfile(person: PersonId) {
    const row = await this.database
      .query<ContractorProfileTables>()
      .selectFrom('contractor_profiles')
      .innerJoin('people', 'people.person_id', 'contractor_profiles.person_id')
      .selectAll('contractor_profiles')
      .select('people.display_name')
      .where('contractor_profiles.person_id', '=', person)
      .executeTakeFirst();
    return row && {
      personId: row.person_id,
      displayName: row.display_name ?? '',
      placeId: row.place_id,
      version: row.version,
      updatedAt: row.updated_at,
    };
  }

  /** Reads a page in the order of ids, for a snapshot. */
  async snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<Array<{ personId: PersonId; joinedAt: Date }>> {
    let query = tablesOf<ContractorProfileTables>(tx)
      .selectFrom('contractor_profiles')
      .innerJoin('people', 'people.person_id', 'contractor_profiles.person_id')
      .select(['people.person_id as personId', 'people.joined_at as joinedAt']);
    if (after) query = query.where('contractor_profiles.person_id', '>', after as PersonId);
    return query.orderBy('contractor_profiles.person_id').limit(limit).execute();
  }

  async saveContractorProfile(tx: Tx, person: PersonId, placeId: PlaceId | null, now: Date): Promise<void> {
    await tablesOf<ContractorProfileTables>(tx)
      .insertInto('contractor_profiles')
      .values({ person_id: person, place_id: placeId, version: 1, created_at: now, updated_at: now })
      .onConflict((conflict) =>
        conflict.column('person_id').doUpdateSet((row) => ({
          place_id: placeId,
          version: row('contractor_profiles.version', '+', 1),
          updated_at: now,
        })),
      )
      .execute();
  }
}
