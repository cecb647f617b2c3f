import {
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  fullJitterGenerator,
  handleWhen,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import type { Metrics } from '../metrics/metrics';
import { OutboundFailure } from './outbound-failure';
import { RetryBudget } from './retry-budget';

export interface DependencyLimits {
  /** Failures in a row that open the breaker. */
  failuresToOpen: number;
  /** Milliseconds after which one call may try an open breaker. */
  halfOpenAfterMs: number;
  /** Calls in flight at once; beyond, {@link queued} wait. */
  concurrent: number;
  queued: number;
  /** Attempts beyond the first of an idempotent call. */
  retries: number;
  /** First ceiling of the random wait before a retry, milliseconds; doubles up to ten times itself. */
  backoffMs: number;
}

export const defaultLimits: DependencyLimits = {
  failuresToOpen: 5,
  halfOpenAfterMs: 5_000,
  concurrent: 100,
  queued: 100,
  retries: 2,
  backoffMs: 50,
};

const stateValues: Record<CircuitState, number> = {
  [CircuitState.Closed]: 0,
  [CircuitState.Open]: 1,
  [CircuitState.HalfOpen]: 2,
  [CircuitState.Isolated]: 1,
};

/** One thing that is called: its breaker, its bulkhead and its retry budget, shared by all calls to it. */
export class Dependency {
  private readonly budget = new RetryBudget();
  private readonly breaker;
  private openedAt = 0;
  private readonly inFlight;
  private readonly policy: IPolicy<{ attempt: number; signal: AbortSignal }>;

  constructor(
    readonly name: string,
    private readonly limits: DependencyLimits,
    private readonly metrics: Metrics,
  ) {
    const counted = handleWhen((error) => error instanceof OutboundFailure && error.countsAgainstBreaker);
    this.breaker = circuitBreaker(counted, {
      halfOpenAfter: limits.halfOpenAfterMs,
      breaker: new ConsecutiveBreaker(limits.failuresToOpen),
    });
    this.inFlight = bulkhead(limits.concurrent, limits.queued);
    const again = retry(
      handleWhen((error) => error instanceof OutboundFailure && error.retry),
      {
        maxAttempts: limits.retries,
        backoff: new ExponentialBackoff({
          generator: fullJitterGenerator,
          initialDelay: limits.backoffMs,
          maxDelay: limits.backoffMs * 10,
        }),
      },
    );
    this.policy = wrap(again, this.inFlight, this.breaker);
    this.breaker.onBreak(() => (this.openedAt = performance.now()));
    metrics.onScrape(() => {
      metrics.gauge('breakerState').set({ dependency: name }, this.state);
      metrics.gauge('bulkheadInUse').set({ dependency: name }, limits.concurrent - this.inFlight.executionSlots);
      metrics.gauge('retryBudget').set({ dependency: name }, this.budget.available);
    });
  }

  /** As the gauge has it. The breaker itself notices that its time is up at the next call, which may be long in coming. */
  private get state(): number {
    const mayTry = this.open && performance.now() - this.openedAt >= this.limits.halfOpenAfterMs;
    return stateValues[mayTry ? CircuitState.HalfOpen : this.breaker.state];
  }

  get open(): boolean {
    return this.breaker.state === CircuitState.Open;
  }

  /**
   * Runs `attempt` under the policies. A failure that may be repeated is repeated only while the budget pays for it;
   * that is settled when it fails, so that an empty budget costs no waiting.
   */
  async run<R>(attempt: () => Promise<R>): Promise<R> {
    this.budget.earn();
    return this.policy.execute(async ({ attempt: before }) => {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof OutboundFailure && error.retry) {
          if (before >= this.limits.retries) error.retry = false;
          else if (!this.budget.take()) {
            error.retry = false;
            this.metrics.counter('retriesDenied').inc({ dependency: this.name });
          } else this.metrics.counter('outboundRetries').inc({ dependency: this.name });
        }
        throw error;
      }
    });
  }
}
