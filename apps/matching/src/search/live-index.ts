import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Metrics } from '@muster/platform/metrics/metrics';
import { siblingsOf } from '@muster/reference/trades';
import { Injectable } from '@nestjs/common';
import type { ChangesHead } from './worker-changes.repository';
import type { LoadedWorker } from './worker-documents.repository';
import { WorkerIndex } from './worker-index';
import type { WorkerRanking, WorkerSearch } from './worker-search';

/** What an answer shows of a person and no search ever compares. */
export interface Label {
  readonly displayName: string;
  readonly photoId: string | null;
}

export interface LabelledRanking extends WorkerRanking {
  /** Of the items, in their order. */
  readonly labels: readonly Label[];
}

/** A filled index with the number up to which it holds everything. */
export class IndexGeneration {
  readonly index: WorkerIndex;
  /** By the index's slots: found again by their ids, twenty of a million cost more than the search for them. */
  private readonly labels: (Label | undefined)[] = [];

  constructor(
    readonly epoch: string,
    public number: number,
    now: number,
  ) {
    this.index = new WorkerIndex({ siblingsOf, now });
  }

  put({ document, displayName, photoId }: LoadedWorker): void {
    const before = this.index.slotOf(document.personId);
    this.index.upsert(document);
    const slot = this.index.slotOf(document.personId);
    if (slot !== -1) this.labels[slot] = { displayName, photoId };
    else if (before !== -1) this.labels[before] = undefined;
  }

  remove(personId: PersonId): void {
    const slot = this.index.slotOf(personId);
    if (slot === -1) return;
    this.index.remove(personId);
    this.labels[slot] = undefined;
  }

  search(search: WorkerSearch): LabelledRanking {
    const slots: number[] = [];
    const { items, matches } = this.index.search(search, slots);
    return { items, labels: slots.map((slot) => this.labels[slot] as Label), matches };
  }
}

/** The index that searches answer from; replaced as a whole when it was loaded anew. */
@Injectable()
export class LiveIndex {
  private current: IndexGeneration | undefined;
  private readonly took: Readonly<Record<'search' | 'line', (seconds: number) => void>>;

  constructor(
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    const seconds = metrics.histogram('searchQuerySeconds');
    this.took = { search: seconds.series({ kind: 'search' }), line: seconds.series({ kind: 'line' }) };
  }

  get generation(): IndexGeneration | undefined {
    return this.current;
  }

  start(head: ChangesHead): IndexGeneration {
    return new IndexGeneration(head.epoch, head.number, this.clock.now().getTime());
  }

  replace(generation: IndexGeneration): void {
    this.current = generation;
  }

  /** @throws Error before the first load; the replica is not ready until then */
  search(kind: 'search' | 'line', search: WorkerSearch): LabelledRanking {
    const generation = this.current;
    if (!generation) throw new Error('the search index is not loaded yet');
    const startedAt = performance.now();
    const ranking = generation.search(search);
    this.took[kind]((performance.now() - startedAt) / 1000);
    return ranking;
  }
}
