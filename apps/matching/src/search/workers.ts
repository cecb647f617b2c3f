import type { PersonId } from '@muster/contracts/kernel/ids';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesRepository } from './worker-changes.repository';
import type { WorkerDocument } from './worker-document';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerSourcesRepository } from './worker-sources.repository';

/** Answers questions of the other slices about workers inside their transactions, from the tables instead of the index. */
@Injectable()
export class Workers {
  constructor(
    private readonly sources: WorkerSourcesRepository,
    private readonly documents: WorkerDocumentsRepository,
    private readonly changes: WorkerChangesRepository,
    private readonly numberer: WorkerChangesNumberer,
  ) {}

  /** Locks the worker, which serialises all decisions about them. @returns false for an erased person */
  lockWorker(tx: Tx, worker: PersonId): Promise<boolean> {
    return this.sources.lockWorker(tx, worker);
  }

  /** The worker's document as of this transaction; undefined for a person who may not be found. */
  async documentOf(tx: Tx, worker: PersonId): Promise<WorkerDocument | undefined> {
    const [found] = await this.documents.listDocumentsOf([worker], tx);
    return found?.document;
  }

  /** Records that bookings or waiting invites of these people changed; every index reads them again after the commit. */
  async recordChanges(tx: Tx, workers: readonly PersonId[]): Promise<void> {
    await this.changes.appendChanges(tx, workers);
    afterCommit(tx, () => this.numberer.wake());
  }
}
