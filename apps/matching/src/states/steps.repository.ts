import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql, type Insertable } from 'kysely';
import type { StepTables } from './step.schema';

@Injectable()
export class StepsRepository {
  constructor(private readonly database: Database) {}

  async insertSteps(tx: Tx, steps: ReadonlyArray<Insertable<StepTables['steps']>>): Promise<void> {
    await tablesOf<StepTables>(tx).insertInto('steps').values([...steps]).execute();
  }

  async findStepTime(tx: Tx, subjectId: string, state: string): Promise<Date | undefined> {
    const step = await tablesOf<StepTables>(tx)
      .selectFrom('steps')
      .select('at')
      .where('subject_id', '=', subjectId)
      .where('to_state', '=', state)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    return step?.at;
  }

  async deleteStepsBefore(moment: Date): Promise<void> {
    await deleteInBatches(this.database, 'steps', sql`at < ${moment}`);
  }
}
