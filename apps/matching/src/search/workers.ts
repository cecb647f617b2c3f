import type { PersonId } from '@muster/contracts/kernel/ids';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesRepository } from './worker-changes.repository';
import type { WorkerDocument } from './worker-document';
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
  lockWorker(tx: Tx, worker: PersonId): Promise<boolean> {
    return this.sources.lockWorker(tx, worker);
  }

  /** What search would hold of the worker as things are in this transaction; undefined for who may not be found. */
  async documentOf(tx: Tx, worker: PersonId): Promise<WorkerDocument | undefined> {
    const [found] = await this.documents.listDocumentsOf([worker], tx);
    return found?.document;
  }

  /** Bookings or waiting invites of these people changed: every index reads them again once this has committed. */
  async recordChanges(tx: Tx, workers: readonly PersonId[]): Promise<void> {
    await this.changes.appendChanges(tx, workers);
    afterCommit(tx, () => this.numberer.wake());
  }
}
