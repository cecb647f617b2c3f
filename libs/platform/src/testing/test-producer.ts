import { randomUUID } from 'node:crypto';
import type { Envelope, Epoch, EventDefinition } from '@muster/contracts/kernel/event';
import type { EventId, PersonId } from '@muster/contracts/kernel/ids';
import { eventErrors, readEvents } from '@muster/contracts/kernel/internal';
import type { Instant } from '@muster/contracts/kernel/time';
import type { z } from 'zod';
import { AppError } from '../errors/app-error';
import { newId } from '../kernel/ids';
import type { InProcessBus } from '../messaging/in-process-bus';
import type { TestPeers } from './test-peers';

/**
 * Another service of a test, as a producer of events: numbers them densely, sends them over the bus and answers
 * readers that found a hole, so that the service under test reads them as it would in production.
 */
export class TestProducer {
  private readonly events: Envelope[] = [];
  private readonly versions = new Map<string, number>();
  private readonly epoch = randomUUID() as Epoch;

  constructor(
    private readonly service: EventDefinition['producer'],
    private readonly bus: InProcessBus,
    peers: TestPeers,
  ) {
    peers.answer(service, readEvents, ({ query }) => {
      if (query.epoch !== undefined && query.epoch !== this.epoch) throw new AppError(eventErrors.foreignEpoch);
      const events = this.events.slice(query.after, query.after + query.limit);
      return { head: { producer: this.service, epoch: this.epoch, sequence: this.events.length }, events };
    });
  }

  publish<Definition extends EventDefinition>(
    event: Definition,
    fact: { aggregateId: string; data: z.input<Definition['data']>; recipients?: PersonId[] },
  ): Envelope {
    const version = (this.versions.get(fact.aggregateId) ?? 0) + 1;
    this.versions.set(fact.aggregateId, version);
    const envelope: Envelope = {
      id: newId<EventId>(),
      source: this.service,
      type: event.type,
      time: new Date().toISOString() as Instant,
      aggregateId: fact.aggregateId,
      aggregateVersion: version,
      sequence: this.events.length + 1,
      epoch: this.epoch,
      recipients: fact.recipients ?? [],
      data: fact.data,
    };
    this.events.push(envelope);
    for (const listener of this.bus.events) listener(this.service, [envelope]);
    return envelope;
  }

  /** The same event once more, as a broker may send it. */
  repeat(envelope: Envelope): void {
    for (const listener of this.bus.events) listener(this.service, [envelope]);
  }
}
