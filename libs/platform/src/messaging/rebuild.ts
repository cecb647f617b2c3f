import type { Envelope } from '@muster/contracts/kernel/event';
import type { EventId, ServiceName } from '@muster/contracts/kernel/ids';
import type { Instant } from '@muster/contracts/kernel/time';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database, type Tx } from '../database/database';
import { newId } from '../kernel/ids';
import { Consumers, parsedBy, type RegisteredConsumer } from './consumers';
import type { EventSource, SnapshotPage } from './event-source';
import { DataObserver } from './observer';
import { EVENT_SOURCE } from './tokens';

const PAGE = 500;
const ROWS_OF_A_TRANSACTION = 100;

export interface ReplayOptions {
  /** The database to which rows are written; the service's own by default. */
  readonly database?: Database;
  /** Runs first in each transaction. */
  readonly before?: (tx: Tx) => Promise<void>;
  /** After each page; throwing ends the replay. */
  readonly onPage?: () => Promise<void>;
}

/** Fills a projection from its producers' snapshots by the consumer's own `apply`. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly own: Database,
    private readonly consumers: Consumers,
    @Inject(EVENT_SOURCE) private readonly source: EventSource,
    private readonly clock: Clock,
    private readonly observer: DataObserver,
  ) {}

  /** @throws Error for a consumer that is unknown or no projection */
  rebuildProjection(name: string): RegisteredConsumer & { readonly projection: readonly string[] } {
    const consumer = this.consumers.consumerNamed(name);
    if (!consumer?.projection) throw new Error(`${name} is no projection`);
    return { ...consumer, projection: consumer.projection };
  }

  /**
   * Applies every row of every snapshot over what is there; live events may go on meanwhile.
   *
   * @returns the head of each producer from before its first page: where the tail starts
   */
  async replayEvents(name: string, options: ReplayOptions = {}): Promise<ReadonlyMap<ServiceName, number>> {
    const consumer = this.rebuildProjection(name);
    const tails = new Map<ServiceName, number>();
    for (const [producer, aggregate] of aggregatesOf(consumer)) {
      let after: string | undefined;
      for (;;) {
        const page = await this.source.readSnapshotPage(producer, aggregate, after, PAGE);
        if (!page) throw new Error(`${producer} has no snapshot of ${aggregate}, which ${name} needs`);
        const tail = tails.get(producer);
        tails.set(producer, Math.min(tail ?? Infinity, page.head.sequence));
        await this.applyPage(consumer, this.eventsOf(consumer, producer, page), options);
        this.observer.rebuildRows(name, page.rows.length);
        await options.onPage?.();
        if (page.next === null) break;
        after = page.next;
      }
    }
    return tails;
  }

  /** Prepares and applies events outside the inbox's bookkeeping. */
  async applyPage(consumer: RegisteredConsumer, events: readonly Envelope[], options: ReplayOptions): Promise<void> {
    const { instance } = consumer;
    for (let at = 0; at < events.length; at += ROWS_OF_A_TRANSACTION) {
      const batch = events.slice(at, at + ROWS_OF_A_TRANSACTION);
      const prepared = await preparedBy(instance, batch);
      await (options.database ?? this.own).transaction(async (tx) => {
        await options.before?.(tx);
        for (const [index, event] of batch.entries()) await instance.apply(tx, event, prepared[index]);
      });
    }
  }

  private eventsOf(consumer: RegisteredConsumer, producer: ServiceName, page: SnapshotPage): readonly Envelope[] {
    return page.rows.flatMap(({ aggregateId, aggregateVersion, facts }) =>
      facts.flatMap(({ type, data }) => {
        const definition = consumer.events.find((event) => event.type === type);
        if (!definition) return [];
        const event: Envelope = {
          id: newId<EventId>(),
          source: producer,
          type,
          time: this.clock.now().toISOString() as Instant,
          aggregateId,
          aggregateVersion,
          sequence: Math.max(1, page.head.sequence),
          epoch: page.head.epoch,
          recipients: [],
          data,
        };
        return [parsedBy(definition, event)];
      }),
    );
  }
}

function aggregatesOf(consumer: RegisteredConsumer): ReadonlyArray<readonly [ServiceName, string]> {
  const keys = new Map(consumer.events.map((event) => [`${event.producer}.${event.aggregate}`, event]));
  return [...keys.values()].map((event) => [event.producer, event.aggregate] as const);
}

/** The results of `prepare` for each event, requested together if the consumer can. */
export async function preparedBy(instance: RegisteredConsumer['instance'], events: readonly Envelope[]): Promise<readonly unknown[]> {
  if (instance.prepareAll) return instance.prepareAll(events);
  const prepared: unknown[] = [];
  for (const event of events) prepared.push(await instance.prepare?.(event));
  return prepared;
}
