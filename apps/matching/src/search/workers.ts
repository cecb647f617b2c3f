import { Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Point } from '@muster/contracts/kernel/place';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesRepository } from './worker-changes.repository';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerSourcesRepository } from './worker-sources.repository';

/** What the rest of matching asks about workers inside its own transactions: the truth, not the index. */
@Injectable()
export class Workers {
  constructor(
    private readonly sources: WorkerSourcesRepository,
    private readonly documents: WorkerDocumentsRepository,
    private readonly changes: WorkerChangesRepository,
    private readonly numberer: WorkerChangesNumberer,
  ) {}

  /** Everything that is decided about a worker waits here for its turn. @returns false for an erased person */
  lock(tx: Tx, worker: PersonId): Promise<boolean> {
    return this.sources.lock(tx, worker);
  }

  /** Where a worker is who may be found and invited, as finely as matching knows; undefined for everybody else. */
  findable(tx: Tx, worker: PersonId): Promise<Point | undefined> {
    return this.documents.cellOf(tx, worker);
  }

  /** Bookings or waiting invites of these people changed: every index reads them again once this has committed. */
  async changed(tx: Tx, workers: readonly PersonId[]): Promise<void> {
    await this.changes.append(tx, workers);
    afterCommit(tx, () => this.numberer.wake());
  }
}
