import type { PersonId } from '@muster/contracts/kernel/ids';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { Sources } from './searchable.rules';
import type { SourceName, WorkerTables } from './worker.schema';

@Injectable()
export class WorkerSourcesRepository {
  /**
   * Locks the person's row and creates it on the first event about them.
   *
   * @returns false at a tombstone: nothing may be written about an erased person
   */
  async lockWorker(tx: Tx, personId: PersonId): Promise<boolean> {
    const tables = tablesOf<WorkerTables>(tx);
    await tables
      .insertInto('people')
      .values({ person_id: personId, erased_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { erased_at } = await tables
      .selectFrom('people')
      .select('erased_at')
      .where('person_id', '=', personId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    return erased_at === null;
  }

  /** @returns false if a newer version is stored already */
  async saveFacts<Name extends SourceName>(
    tx: Tx,
    personId: PersonId,
    source: Name,
    version: number,
    facts: NonNullable<Sources[Name]>,
    now: Date,
  ): Promise<boolean> {
    const row = { version, facts: JSON.stringify(facts), changed_at: now };
    const { numInsertedOrUpdatedRows } = await tablesOf<WorkerTables>(tx)
      .insertInto('worker_sources')
      .values({ person_id: personId, source, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['person_id', 'source'])
          .doUpdateSet(row)
          .where('worker_sources.version', '<=', version),
      )
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async listSourcesOf(tx: Tx, personId: PersonId): Promise<Sources> {
    const rows = await tablesOf<WorkerTables>(tx)
      .selectFrom('worker_sources')
      .select(['source', 'facts'])
      .where('person_id', '=', personId)
      .execute();
    return Object.fromEntries(rows.map((row) => [row.source, row.facts])) as Sources;
  }

  /** Makes so many facts older than any event. @returns false when all are */
  async forgetVersions(tx: Tx, limit: number): Promise<boolean> {
    const { numUpdatedRows } = await tablesOf<WorkerTables>(tx)
      .updateTable('worker_sources')
      .set({ version: 0 })
      .where(({ eb, refTuple, selectFrom }) =>
        eb(refTuple('person_id', 'source'), 'in', selectFrom('worker_sources').select(['person_id', 'source']).where('version', '>', 0).limit(limit).$asTuple('person_id', 'source')),
      )
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** So many people who have facts that are older than any event, in the order in which they are locked. */
  async listUnversioned(tx: Tx, limit: number): Promise<readonly PersonId[]> {
    const rows = await tablesOf<WorkerTables>(tx).selectFrom('worker_sources').select('person_id').distinct().where('version', '=', 0).orderBy('person_id').limit(limit).execute();
    return rows.map((row) => row.person_id as PersonId);
  }

  async deleteUnversioned(tx: Tx, personId: PersonId): Promise<void> {
    await tablesOf<WorkerTables>(tx).deleteFrom('worker_sources').where('person_id', '=', personId).where('version', '=', 0).execute();
  }

  /** Deletes the facts of all streams and leaves the tombstone. */
  async eraseFacts(tx: Tx, personId: PersonId, now: Date): Promise<void> {
    const tables = tablesOf<WorkerTables>(tx);
    await tables.deleteFrom('worker_sources').where('person_id', '=', personId).execute();
    await tables.updateTable('people').set({ erased_at: now }).where('person_id', '=', personId).execute();
  }
}
