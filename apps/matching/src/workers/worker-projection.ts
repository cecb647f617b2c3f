import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { searchableFacts, type Sources } from './searchable.rules';
import { WorkerChangesRepository } from './worker-changes.repository';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerSourcesRepository } from './worker-sources.repository';
import type { SourceName } from './worker.schema';
import { Workers } from './workers';

interface At {
  readonly personId: PersonId;
  readonly version: number;
  readonly now: Date;
}

/** The tables derived from the facts of auth and user, changed together under the person's lock. */
@Injectable()
export class WorkerProjection {
  constructor(
    private readonly sources: WorkerSourcesRepository,
    private readonly documents: WorkerDocumentsRepository,
    private readonly changes: WorkerChangesRepository,
    private readonly workers: Workers,
  ) {}

  lockWorker(tx: Tx, personId: PersonId): Promise<boolean> {
    return this.sources.lockWorker(tx, personId);
  }

  /** @returns false if a newer version is stored already */
  keepFacts<Name extends SourceName>(tx: Tx, at: At, source: Name, facts: NonNullable<Sources[Name]>): Promise<boolean> {
    return this.sources.saveFacts(tx, at.personId, source, at.version, facts, at.now);
  }

  /** Makes the document from the stored facts, or deletes it if they do not suffice. */
  async remakeDocument(tx: Tx, personId: PersonId, now: Date): Promise<void> {
    const facts = searchableFacts(await this.sources.listSourcesOf(tx, personId));
    if (facts) await this.documents.saveDocument(tx, personId, facts, now);
    else await this.documents.deleteDocument(tx, personId);
    await this.workers.recordChanges(tx, [personId]);
  }

  async eraseWorker(tx: Tx, personId: PersonId, now: Date): Promise<void> {
    await this.sources.eraseFacts(tx, personId, now);
    await this.documents.deleteDocument(tx, personId);
    await this.workers.recordChanges(tx, [personId]);
  }

  /** Makes every index load again, after the tables were rebuilt. */
  renewEpoch(tx: Tx): Promise<void> {
    return this.changes.renewEpoch(tx);
  }
}
