import type { Envelope } from '@muster/contracts/kernel/event';
import type { EventId, ServiceName } from '@muster/contracts/kernel/ids';
import type { Instant } from '@muster/contracts/kernel/time';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { newId } from '../kernel/ids';
import { Consumers, parsedBy, type RegisteredConsumer } from './consumers';
import type { EventSource, SnapshotPage } from './event-source';
import { DataObserver } from './observer';
import { EVENT_SOURCE } from './tokens';

const PAGE = 500;
const ROWS_OF_A_TRANSACTION = 100;

/** Fills a projection anew from its producers' snapshots, by the consumer's own `apply`. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly own: Database,
    private readonly consumers: Consumers,
    @Inject(EVENT_SOURCE) private readonly source: EventSource,
    private readonly clock: Clock,
    private readonly observer: DataObserver,
  ) {}

  /**
   * Applies every row of every snapshot over what is there, and deletes what none of them has; live events may go on
   * meanwhile, and readers see each row as it was until it is written anew. Interrupted, it is begun again.
   *
   * @param onStep after each transaction of many rows; throwing ends the rebuild
   * @throws Error for a consumer that is unknown or no projection
   */
  async rebuildProjection(name: string, onStep: () => Promise<void> = async () => undefined): Promise<void> {
    const consumer = this.consumers.consumerNamed(name);
    if (!consumer?.projection) throw new Error(`${name} is no projection`);
    const { instance } = consumer;
    while (await this.own.transaction((tx) => instance.forgetVersions?.(tx) ?? Promise.resolve(false))) await onStep();
    for (const [producer, aggregate] of aggregatesOf(consumer)) {
      let after: string | undefined;
      for (;;) {
        const page = await this.source.readSnapshotPage(producer, aggregate, after, PAGE);
        if (!page) throw new Error(`${producer} has no snapshot of ${aggregate}, which ${name} needs`);
        await this.applyPage(consumer, this.eventsOf(consumer, producer, page));
        this.observer.rebuildRows(name, page.rows.length);
        await onStep();
        if (page.next === null) break;
        after = page.next;
      }
    }
    while (await this.own.transaction((tx) => instance.deleteUnlisted?.(tx) ?? Promise.resolve(false))) await onStep();
  }

  /** Prepares and applies events outside the inbox's bookkeeping. */
  private async applyPage(consumer: RegisteredConsumer, events: readonly Envelope[]): Promise<void> {
    const { instance } = consumer;
    for (let at = 0; at < events.length; at += ROWS_OF_A_TRANSACTION) {
      const batch = events.slice(at, at + ROWS_OF_A_TRANSACTION);
      const prepared = await preparedBy(instance, batch);
      await this.own.transaction(async (tx) => {
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
async function preparedBy(instance: RegisteredConsumer['instance'], events: readonly Envelope[]): Promise<readonly unknown[]> {
  if (instance.prepareAll) return instance.prepareAll(events);
  const prepared: unknown[] = [];
  for (const event of events) prepared.push(await instance.prepare?.(event));
  return prepared;
}
