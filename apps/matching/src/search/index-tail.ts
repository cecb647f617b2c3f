import { Clock } from '@muster/platform/clock/clock';
import { Injectable, Logger } from '@nestjs/common';
import { WorkerChangesReader, type ChangesHead, type WorkerChange } from '../workers/worker-changes.reader';
import { WorkerDocumentsReader } from '../workers/worker-documents.reader';
import { LiveIndex, type IndexGeneration } from './live-index';

const LOAD_PAGE = 2000;
const TAIL_PAGE = 500;
const SETTLED_AT_ONCE = 20_000;

/**
 * Loads the whole index and then applies the numbered changes. After a hole (deleted changes, or another epoch) it
 * loads everything again.
 */
@Injectable()
export class IndexTail {
  private readonly logger = new Logger(IndexTail.name);
  /** The first change that is missing in the index: when it was numbered, and since when its absence is known here. */
  private behind: { changedAt: Date; noticedMs: number } | undefined;
  /** The moment at which the head was last read successfully. */
  private headReadMs = 0;

  constructor(
    private readonly live: LiveIndex,
    private readonly documents: WorkerDocumentsReader,
    private readonly changes: WorkerChangesReader,
    private readonly clock: Clock,
  ) {}

  /** Reads one batch of changes. @returns whether there may be more */
  async readChanges(): Promise<boolean> {
    const generation = this.live.generation;
    const head = await this.changes.findHead();
    this.headReadMs = this.clock.monotonicMs();
    if (!generation || generation.epoch !== head.epoch || head.number < generation.number) {
      await this.load(head);
      return true;
    }
    if (head.number === generation.number) {
      this.behind = undefined;
      return generation.index.settle(SETTLED_AT_ONCE);
    }
    const changes = await this.changes.listChangesAfter(generation.number, TAIL_PAGE);
    if (changes[0]?.number !== generation.number + 1) {
      this.logger.warn({ after: generation.number, found: changes[0]?.number }, 'a hole in the worker changes, loading anew');
      await this.load(head);
      return true;
    }
    this.behind ??= { changedAt: changes[0].addedAt, noticedMs: this.headReadMs };
    await this.apply(generation, changes);
    if (generation.number >= head.number) this.behind = undefined;
    return true;
  }

  /** Seconds since the oldest missing change; undefined while nothing is missing. */
  get lagSeconds(): number {
    return this.behind ? Math.max(0, (this.clock.now().getTime() - this.behind.changedAt.getTime()) / 1000) : 0;
  }

  /**
   * Milliseconds for which the index has been behind a head that could be read. The value stands still while PostgreSQL
   * does not answer: that concerns every replica, the database's own check tolerates it for longer, and it is no reason
   * to take all replicas out at once.
   */
  get behindMs(): number {
    return this.behind ? Math.max(0, this.headReadMs - this.behind.noticedMs) : 0;
  }

  private async load(head: ChangesHead): Promise<void> {
    const startedMs = this.clock.monotonicMs();
    // The head was read first, so changes during the loading are applied again by their numbers.
    const generation = this.live.start(head);
    for (let after: IndexPage = undefined; ; ) {
      const page = await this.documents.pageOfDocuments(after, LOAD_PAGE);
      for (const worker of page) generation.put(worker);
      if (page.length < LOAD_PAGE) break;
      after = page.at(-1)?.document.personId;
    }
    this.live.replace(generation);
    this.behind = undefined;
    const ms = Math.round(this.clock.monotonicMs() - startedMs);
    this.logger.log({ workers: generation.index.size, ms }, 'the search index is loaded');
  }

  private async apply(generation: IndexGeneration, changes: readonly WorkerChange[]): Promise<void> {
    const changed = new Set(changes.map((change) => change.personId));
    for (const worker of await this.documents.listDocumentsOf([...changed])) {
      generation.put(worker);
      changed.delete(worker.document.personId);
    }
    for (const gone of changed) generation.remove(gone);
    generation.number = changes.at(-1)?.number ?? generation.number;
  }
}

type IndexPage = Parameters<WorkerDocumentsReader['pageOfDocuments']>[0];
