import type { PersonId } from '@muster/contracts/kernel/ids';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { WorkerTables } from './worker.schema';

/** Stores who took the worker's hat off, written under the lock of the person. From then on nobody can invite them. */
@Injectable()
export class HatsOffRepository {
  async isHatOff(tx: Tx, worker: PersonId): Promise<boolean> {
    const found = await tablesOf<WorkerTables>(tx).selectFrom('hats_off').select('worker').where('worker', '=', worker).executeTakeFirst();
    return found !== undefined;
  }

  async insertHatOff(tx: Tx, worker: PersonId, since: Date): Promise<void> {
    await tablesOf<WorkerTables>(tx).insertInto('hats_off').values({ worker, since }).onConflict((conflict) => conflict.doNothing()).execute();
  }

  async deleteHatOff(tx: Tx, worker: PersonId): Promise<void> {
    await tablesOf<WorkerTables>(tx).deleteFrom('hats_off').where('worker', '=', worker).execute();
  }
}
