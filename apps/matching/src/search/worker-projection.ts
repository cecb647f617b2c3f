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

/** The tables that follow from what auth and user tell, changed together under the person's lock. */
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

  /** @returns false when a newer version has been kept already */
  keepFacts<Name extends SourceName>(tx: Tx, at: At, source: Name, facts: NonNullable<Sources[Name]>): Promise<boolean> {
    return this.sources.saveFacts(tx, at.personId, source, at.version, facts, at.now);
  }

  /** Makes the document of what has been kept, or takes it away where that does not suffice. */
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

  /** The tables were made anew: every index loads anew. */
  renewEpoch(tx: Tx): Promise<void> {
    return this.changes.renewEpoch(tx);
  }
}
