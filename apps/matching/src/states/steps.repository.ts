import { Injectable } from '@nestjs/common';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import type { Insertable } from 'kysely';
import type { JobTables } from '../jobs/job-tables';

@Injectable()
export class StepsRepository {
  async insert(tx: Tx, steps: ReadonlyArray<Insertable<JobTables['steps']>>): Promise<void> {
    await tablesOf<JobTables>(tx).insertInto('steps').values([...steps]).execute();
  }
}
