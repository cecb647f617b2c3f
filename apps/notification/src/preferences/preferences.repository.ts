import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { PreferenceTables } from './preference.schema';
import type { TopicChannels } from './preferences.rules';

@Injectable()
export class PreferencesRepository {
  constructor(private readonly database: Database) {}

  listChosen(person: PersonId): Promise<TopicChannels[]> {
    return read(this.database.query<PreferenceTables>(), person);
  }

  /** Lists what each person has chosen; people without a choice are left out. */
  async listChosenOfMany(tx: Tx, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, TopicChannels[]>> {
    const rows = await tablesOf<PreferenceTables>(tx)
      .selectFrom('preferences')
      .select(['person_id', 'topic', 'channels'])
      .where('person_id', 'in', [...people])
      .execute();
    const chosen = new Map<PersonId, TopicChannels[]>();
    for (const { person_id, topic, channels } of rows) chosen.set(person_id, [...(chosen.get(person_id) ?? []), { topic, channels }]);
    return chosen;
  }

  async findVersion(person: PersonId): Promise<number> {
    const row = await this.database
      .query<PreferenceTables>()
      .selectFrom('preference_versions')
      .select('version')
      .where('person_id', '=', person)
      .executeTakeFirst();
    return row?.version ?? 0;
  }

  async savePreferences(tx: Tx, person: PersonId, chosen: readonly TopicChannels[]): Promise<void> {
    const tables = tablesOf<PreferenceTables>(tx);
    await tables
      .insertInto('preference_versions')
      .values({ person_id: person, version: 1 })
      .onConflict((conflict) =>
        conflict.column('person_id').doUpdateSet((row) => ({ version: row('preference_versions.version', '+', 1) })),
      )
      .execute();
    for (const { topic, channels } of chosen) {
      await tables
        .insertInto('preferences')
        .values({ person_id: person, topic, channels: [...channels] })
        .onConflict((conflict) => conflict.columns(['person_id', 'topic']).doUpdateSet({ channels: [...channels] }))
        .execute();
    }
  }
}

function read(tables: Kysely<PreferenceTables>, person: PersonId): Promise<TopicChannels[]> {
  return tables.selectFrom('preferences').select(['topic', 'channels']).where('person_id', '=', person).execute();
}
