import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Readiness } from '@muster/platform/health/readiness';
import { Metrics } from '@muster/platform/metrics/metrics';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';

const MOST_BEHIND_MS = 5000;

/** Ready only with a loaded index that is not left behind by a table it can reach. */
@Injectable()
export class IndexReadiness implements OnModuleInit {
  constructor(
    private readonly live: LiveIndex,
    private readonly tail: IndexTail,
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.readiness.register('search-index', () => {
      if (!this.live.generation) return 'the search index is not loaded yet';
      return this.tail.behindMs <= MOST_BEHIND_MS || 'the search index is behind its table';
    });
    this.metrics.onScrape(() => {
      this.metrics.gauge('searchIndexWorkers').set(this.live.generation?.index.size ?? 0);
      this.metrics.gauge('searchIndexLagSeconds').set(this.tail.lagSeconds);
    });
  }
}
