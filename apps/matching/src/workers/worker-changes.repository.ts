import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { WorkerTables } from './worker.schema';

@Injectable()
export class WorkerChangesRepository {
  constructor(private readonly database: Database) {}

  async appendChanges(tx: Tx, personIds: readonly PersonId[]): Promise<void> {
    if (personIds.length === 0) return;
    await tablesOf<WorkerTables>(tx)
      .insertInto('worker_changes')
      .values(personIds.map((person_id) => ({ person_id, number: null })))
      .execute();
  }

  /** Numbers committed changes and notifies all replicas once. @returns how many got a number */
  async numberChanges(most: number): Promise<number> {
    const { rows } = await sql<{ given: number }>`select number_worker_changes(${most}) as given`.execute(this.database.query());
    return rows[0]?.given ?? 0;
  }

  async deleteNumberedChangesBefore(moment: Date): Promise<void> {
    await deleteInBatches(this.database, 'worker_changes', sql`number is not null and added_at < ${moment}`);
  }
}
