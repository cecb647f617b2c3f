import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { searchableFacts, type Sources } from './searchable.rules';
import { WorkerDocumentsRepository } from './worker-documents.repository';
import { WorkerSourcesRepository } from './worker-sources.repository';
import type { SourceName } from './worker.schema';
import { Workers } from './workers';

/** Of a rebuild, in one transaction. */
const FACTS_AT_ONCE = 5000;
const PEOPLE_AT_ONCE = 100;

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

  /** @returns false when the version of every fact is 0 */
  forgetVersions(tx: Tx): Promise<boolean> {
    return this.sources.forgetVersions(tx, FACTS_AT_ONCE);
  }

  /** Deletes facts whose version is 0, and makes the documents anew. @returns false when there is none */
  async deleteUnlisted(tx: Tx, now: Date): Promise<boolean> {
    const people = await this.sources.listUnversioned(tx, PEOPLE_AT_ONCE);
    for (const personId of people) {
      await this.lockWorker(tx, personId);
      await this.sources.deleteUnversioned(tx, personId);
      await this.remakeDocument(tx, personId, now);
    }
    return people.length > 0;
  }
}
