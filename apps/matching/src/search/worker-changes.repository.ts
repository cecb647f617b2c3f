import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { WorkerTables } from './worker.schema';

export interface ChangesHead {
  readonly epoch: string;
  readonly number: number;
}

export interface WorkerChange {
  readonly number: number;
  readonly personId: PersonId;
  readonly addedAt: Date;
}

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

  async findHead(): Promise<ChangesHead> {
    const row = await this.database
      .query<WorkerTables>()
      .selectFrom('worker_change_numbering')
      .select(['epoch', 'head'])
      .executeTakeFirstOrThrow();
    return { epoch: row.epoch, number: row.head };
  }

  /** Lists changes in the order of their numbers; a first number other than `after + 1` means a hole. */
  async listChangesAfter(number: number, limit: number): Promise<WorkerChange[]> {
    const rows = await this.database
      .query<WorkerTables>()
      .selectFrom('worker_changes')
      .select(['number', 'person_id', 'added_at'])
      .where('number', '>', number)
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ number: Number(row.number), personId: row.person_id as PersonId, addedAt: row.added_at }));
  }

  async deleteNumberedChangesBefore(moment: Date): Promise<void> {
    await deleteInBatches(this.database, 'worker_changes', sql`number is not null and added_at < ${moment}`);
  }

  /** Starts a new epoch after all documents may have changed, so that every replica loads its index again. */
  async renewEpoch(tx: Tx): Promise<void> {
    await tablesOf<WorkerTables>(tx)
      .updateTable('worker_change_numbering')
      .set({ epoch: sql<string>`gen_random_uuid()` })
      .execute();
  }
}
