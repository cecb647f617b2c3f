import { Readiness } from '@muster/platform/health/readiness';
import { Metrics } from '@muster/platform/metrics/metrics';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';

const NAME = 'search-index';
const MOST_BEHIND_MS = 5000;

/** The replica is ready only with a loaded index that does not lag behind a table it can reach. */
@Injectable()
export class IndexReadiness implements OnModuleInit {
  constructor(
    private readonly live: LiveIndex,
    private readonly tail: IndexTail,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.readiness.registerIndicator(NAME, () => this.isHealthy());
    this.metrics.onScrape(() => {
      this.metrics.gauge('searchIndexWorkers').set(this.live.generation?.index.size ?? 0);
      this.metrics.gauge('searchIndexLagSeconds').set(this.tail.lagSeconds);
    });
  }

  private isHealthy(): HealthIndicatorResult {
    const indicator = this.indicators.check(NAME);
    if (!this.live.generation) return indicator.down({ reason: 'the search index is not loaded yet' });
    return this.tail.behindMs <= MOST_BEHIND_MS ? indicator.up() : indicator.down({ reason: 'the search index is behind its table' });
  }
}
