import type { Envelope } from '@muster/contracts/kernel/event';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { backoffMs } from '../kernel/backoff';
import { newId } from '../kernel/ids';
import { Loop } from '../kernel/loop';
import { withinTime } from '../kernel/time-limit';
import { wordsOfError } from '../kernel/words-of-error';
import { tracedConsume } from '../tracing/spans';
import { Consumers, parsedBy, type RegisteredConsumer } from './consumers';
import { crashPoint } from './crash-points';
import { Inbox } from './inbox';
import { DataObserver } from './observer';
import { PartitionsRepository, type Claim } from './partitions.repository';

const LEASE_MS = 30_000;
const PREPARE_MS = 20_000;
/**
 * Milliseconds between polls. Events stored here and retries wake the loop, so polling only finds partitions that
 * another replica left behind.
 */
const IDLE_MS = 3000;
/** Partitions in work at once, and of one consumer. */
const CONCURRENCY = 8;
const CONCURRENCY_OF_ONE = 6;
/** A consumer with less room gets nothing new. */
const LEAST_ROOM = 3;
/** Events of a partition in one claim; others may be waiting. */
const EVENTS_OF_A_CLAIM = 20;
/** With the pauses below an event is tried for about a quarter of an hour before its aggregate is parked. */
export const ATTEMPTS = 10;
const RETRY_BASE_MS = 1000;
const RETRY_MAX_MS = 300_000;

/** Runs consumers on filed events: in order per aggregate, each event's effect once, on any number of replicas. */
@Injectable()
export class Processor {
  private readonly owner = newId();
  private readonly active = new Map<Promise<void>, string>();
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    private readonly partitions: PartitionsRepository,
    private readonly consumers: Consumers,
    private readonly observer: DataObserver,
    inbox: Inbox,
  ) {
    const onError = (error: unknown) => this.observer.failed('claiming events', error);
    this.loop = new Loop({ step: () => this.step(), busyMs: 20, idleMs: IDLE_MS, onError });
    inbox.onReady(() => this.loop.wake());
  }

  start(): void {
    if (this.consumers.allConsumers().length > 0) this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** Claims nothing more and waits for the events in work. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.active.keys());
  }

  private async step(): Promise<boolean> {
    const free = CONCURRENCY - this.active.size;
    const room = (name: string): number => CONCURRENCY_OF_ONE - this.inWork(name);
    // Partitions are claimed in groups, because the events of one claim are prepared together with one call to an
    // owner.
    const open = this.consumers.allConsumers().filter(({ name }) => room(name) >= LEAST_ROOM);
    if (free <= 0 || open.length === 0) return false; // whoever finishes wakes the loop
    // It is not known yet which consumers' partitions are due, so the claim is limited in case all belong to one
    // consumer.
    const most = Math.min(free, ...open.map(({ name }) => room(name)));
    const claims = await this.partitions.claimPartitions(open.map((each) => each.name), this.owner, most, LEASE_MS);
    crashPoint('consumer.after-claim');
    for (const claim of claims) {
      const work = this.work(claim).catch((error: unknown) => this.observer.failed(`partition of ${claim.consumer}`, error));
      this.active.set(work, claim.consumer);
      void work.finally(() => {
        this.active.delete(work);
        this.loop.wake();
      });
    }
    return claims.length > 0;
  }

  private inWork(consumer: string): number {
    return [...this.active.values()].filter((name) => name === consumer).length;
  }

  private async work(claim: Claim): Promise<void> {
    const consumer = this.consumers.consumerNamed(claim.consumer);
    if (!consumer) return;
    const events = await this.partitions.listWaitingEvents(claim, EVENTS_OF_A_CLAIM);
    crashPoint('consumer.after-read');
    for (const [index, event] of events.entries()) {
      if (index > 0 && !(await this.partitions.renewLease(claim, LEASE_MS))) return;
      if (!(await this.attempt(claim, consumer, event, index === 0 ? claim.attempts : 0))) return;
    }
    await this.partitions.releasePartition(claim);
    crashPoint('consumer.after-release');
  }

  /** False when the partition’s next event must wait. */
  private async attempt(claim: Claim, consumer: RegisteredConsumer, event: Envelope, attempts: number): Promise<boolean> {
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      const { type, id, traceparent } = event;
      const facts = { type, id, traceparent, consumer: consumer.name };
      const applied = await tracedConsume(facts, () => this.apply(claim, consumer, event));
      this.observer.eventProcessed(consumer.name, applied ? 'done' : 'overtaken', seconds());
      if (!applied) await this.partitions.releasePartition(claim);
      return applied;
    } catch (error) {
      const park = attempts + 1 >= ATTEMPTS;
      this.observer.eventProcessed(consumer.name, park ? 'parked' : 'failed', seconds(), error);
      const retryMs = 100 + backoffMs(attempts + 1, RETRY_BASE_MS, RETRY_MAX_MS);
      await this.partitions.failEvent(claim, event.id, wordsOfError(error), retryMs, park);
      if (!park) setTimeout(() => this.loop.wake(), retryMs).unref();
      return false;
    }
  }

  private async apply(claim: Claim, { name, instance }: RegisteredConsumer, event: Envelope): Promise<boolean> {
    const definition = this.consumers.eventDefinition(name, event.type);
    // Only another release reads this type, so the event is left to it by failing here.
    if (!definition) throw new Error(`${name} does not read ${event.type}`);
    const parsed = parsedBy(definition, event);
    const prepared = await withinTime(PREPARE_MS, 'prepare', instance.prepare?.(parsed) ?? Promise.resolve(undefined));
    crashPoint('consumer.after-prepare');
    const applied = await this.database.transaction(async (tx) => {
      if (!(await this.partitions.markEventDone(tx, claim, event.id))) return false;
      crashPoint('consumer.after-mark');
      await instance.apply(tx, parsed, prepared);
      crashPoint('consumer.after-apply');
      return true;
    });
    crashPoint('consumer.after-commit');
    return applied;
  }
}
