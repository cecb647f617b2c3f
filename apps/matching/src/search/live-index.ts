import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Metrics } from '@muster/platform/metrics/metrics';
import { siblingsOf } from '@muster/reference/trades';
import { WorkerIndex } from './worker-index';
import type { ChangesHead } from './worker-changes.repository';
import type { LoadedWorker } from './worker-documents.repository';
import type { RankedMatch, WorkerSearch } from './worker-search';

/** What an answer shows of a person and no search ever compares. */
interface Label {
  readonly displayName: string;
  readonly photoId: string | null;
}

/** A match and its label stand side by side: to spread both into one object costs more than all else of an answer. */
export interface LabelledMatch {
  readonly match: RankedMatch;
  readonly label: Label;
}

export interface LabelledRanking {
  readonly items: readonly LabelledMatch[];
  readonly matches: number;
}

const UNLABELLED: Label = { displayName: '', photoId: null };

/** A filled index with the number up to which it holds everything. */
export class IndexGeneration {
  readonly labels = new Map<PersonId, Label>();
  readonly index: WorkerIndex;

  constructor(
    readonly epoch: string,
    public number: number,
    now: number,
  ) {
    this.index = new WorkerIndex({ siblingsOf, now });
  }

  put({ document, displayName, photoId }: LoadedWorker): void {
    this.index.upsert(document);
    this.labels.set(document.personId, { displayName, photoId });
  }

  remove(personId: PersonId): void {
    this.index.remove(personId);
    this.labels.delete(personId);
  }
}

/** The index that searches answer from; replaced as a whole when it was loaded anew. */
@Injectable()
export class LiveIndex {
  private current: IndexGeneration | undefined;
  private readonly took: Readonly<Record<'search' | 'line', (seconds: number) => void>>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(Clock) private readonly clock: Clock,
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
    const { items, matches } = generation.index.search(search);
    this.took[kind]((performance.now() - startedAt) / 1000);
    return {
      items: items.map((match) => ({ match, label: generation.labels.get(match.personId) ?? UNLABELLED })),
      matches,
    };
  }
}
