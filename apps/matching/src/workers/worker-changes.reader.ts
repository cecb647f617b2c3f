import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
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

/** The numbered changes of workers, for the index that follows them. */
@Injectable()
export class WorkerChangesReader {
  constructor(private readonly database: Database) {}

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
}
