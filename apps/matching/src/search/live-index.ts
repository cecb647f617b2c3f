import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Metrics } from '@muster/platform/metrics/metrics';
import { siblingsOf } from '@muster/reference/trades';
import { Injectable } from '@nestjs/common';
import { WorkerIndex } from '../ranking/worker-index';
import type { WorkerRanking, WorkerSearch } from '../ranking/worker-search';
import type { ChangesHead } from '../workers/worker-changes.reader';
import type { LoadedWorker } from '../workers/worker-documents.reader';

/** Facts of a person that an answer shows and no search compares. */
export interface Label {
  readonly displayName: string;
  readonly photoId: string | null;
}

export interface LabelledRanking extends WorkerRanking {
  /** The labels of the items, in the order of the items. */
  readonly labels: readonly Label[];
}

/** A filled index, together with the number of the last change that it contains. */
export class IndexGeneration {
  readonly index: WorkerIndex;
  /** Labels by the index's slots. Looking twenty of a million up by person id would cost more than the search. */
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

/** Holds the index that answers searches, and replaces it as a whole after a new load. */
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
