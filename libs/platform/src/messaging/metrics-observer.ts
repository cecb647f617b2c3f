import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Logger } from '@nestjs/common';
import type { Metrics } from '../metrics/metrics';
import { DataObserver, type EventOutcome, type GapReason, type TaskOutcome } from './observer';

/** Counts the background work and says in the log what went wrong with it. */
export class MetricsObserver extends DataObserver {
  private readonly logger = new Logger('Data');

  /** @param types of the events that the service publishes: their counters are there before the first of them */
  constructor(
    private readonly metrics: Metrics,
    types: readonly string[],
  ) {
    super();
    for (const type of types) metrics.counter('facts').inc({ type }, 0);
  }

  override eventProcessed(consumer: string, outcome: EventOutcome, seconds: number, error?: unknown): void {
    this.metrics.counter('eventsProcessed').inc({ consumer, outcome });
    this.metrics.histogram('eventSeconds').observe({ consumer }, seconds);
    if (outcome === 'failed') this.logger.warn({ err: error, consumer }, 'an event failed and will be tried again');
    if (outcome === 'parked') this.logger.error({ err: error, consumer }, 'an event failed for good; its aggregate is parked');
  }

  override factsCommitted(types: readonly string[]): void {
    for (const type of types) this.metrics.counter('facts').inc({ type });
  }

  override relayed(events: number): void {
    this.metrics.histogram('relayBatchSize').observe(events);
  }

  override relayFailed(error: unknown): void {
    this.metrics.counter('relayFailures').inc();
    this.logger.warn({ err: error }, 'a relay pass failed and will be repeated');
  }

  override hintsSent(count: number): void {
    this.metrics.counter('liveHints').inc(count);
  }

  override gapRead(producer: ServiceName, reason: GapReason): void {
    this.metrics.counter('gapReads').inc({ producer, reason });
  }

  override streamBroken(producer: ServiceName, why: 'epoch' | 'beyondHead' | 'tooOld'): void {
    this.logger.warn({ producer, why }, 'events cannot be read on from where they were; projections are rebuilt');
  }

  override rebuildRows(projection: string, count: number): void {
    this.metrics.counter('rebuildRows').inc({ projection }, count);
  }

  override timerFired(kind: string, outcome: 'done' | 'failed', error?: unknown): void {
    this.metrics.counter('timersFired').inc({ kind, outcome });
    if (outcome === 'failed') this.logger.warn({ err: error, kind }, 'a timer failed and will be tried again');
  }

  override taskWorked(kind: string, outcome: TaskOutcome, seconds: number, error?: unknown): void {
    this.metrics.counter('tasksWorked').inc({ kind, outcome });
    this.metrics.histogram('taskSeconds').observe({ kind }, seconds);
    if (outcome === 'failed') this.logger.warn({ err: error, kind }, 'a task failed and will be tried again');
    if (outcome === 'given_up') this.logger.error({ err: error, kind }, 'a task failed for good and was given up');
  }

  override failed(what: string, error: unknown): void {
    this.logger.warn({ err: error }, `${what} failed and will be repeated`);
  }
}
