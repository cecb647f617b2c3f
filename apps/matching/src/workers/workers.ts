import type { PersonId } from '@muster/contracts/kernel/ids';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { WorkerDocument } from '../ranking/worker-document';
import { HatsOffRepository } from './hats-off.repository';
import { WorkerChangesNumberer } from './worker-changes-numberer';
import { WorkerChangesRepository } from './worker-changes.repository';
import { WorkerDocumentsReader } from './worker-documents.reader';
import { WorkerSourcesRepository } from './worker-sources.repository';

/** Answers questions of the other slices about workers inside their transactions, from the tables instead of the index. */
@Injectable()
export class Workers {
  constructor(
    private readonly sources: WorkerSourcesRepository,
    private readonly documents: WorkerDocumentsReader,
    private readonly hats: HatsOffRepository,
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

  /** Whether the worker took the worker's hat off. From then on nobody can invite them. */
  isHatOff(tx: Tx, worker: PersonId): Promise<boolean> {
    return this.hats.isHatOff(tx, worker);
  }

  /** @param since null when the hat is worn again, or nothing more is to be known about the person */
  async recordHatOff(tx: Tx, worker: PersonId, since: Date | null): Promise<void> {
    if (since) await this.hats.insertHatOff(tx, worker, since);
    else await this.hats.deleteHatOff(tx, worker);
  }
}
