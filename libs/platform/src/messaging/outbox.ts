import type { EventDefinition, Recipients } from '@muster/contracts/kernel/event';
import type { EventId, ServiceName } from '@muster/contracts/kernel/ids';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Clock } from '../clock/clock';
import { afterCommit } from '../database/after-commit';
import type { Tx } from '../database/database';
import { newId } from '../kernel/ids';
import { currentTraceparent } from '../tracing/traceparent';
import { DataObserver } from './observer';
import { OutboxRepository } from './outbox.repository';
import { SERVICE_NAME } from './tokens';

export interface Fact<Definition extends EventDefinition> {
  readonly aggregateId: string;
  readonly data: z.input<Definition['data']>;
  /** The people who get a live hint that the aggregate changed; at most 500. */
  readonly recipients?: Recipients;
}

@Injectable()
export class Outbox {
  private readonly listeners: Array<() => void> = [];

  constructor(
    @Inject(SERVICE_NAME) readonly service: ServiceName,
    private readonly repository: OutboxRepository,
    private readonly clock: Clock,
    private readonly observer: DataObserver,
  ) {}

  /**
   * Publishes a fact with the row change of the same transaction, and holds the aggregate's version until it ends.
   *
   * @returns the aggregate's version with this fact: 1, 2, 3 …
   * @throws ZodError when the data does not fit the event; Error for another service's event
   */
  async appendEvent<Definition extends EventDefinition>(tx: Tx, event: Definition, fact: Fact<Definition>): Promise<number> {
    const [version] = await this.appendEvents(tx, [{ event, fact }]);
    return version as number;
  }

  /**
   * As {@link appendEvent}, for facts about different aggregates of one kind, by two statements however many they are. The
   * aggregates' versions are locked in the order of their ids.
   *
   * @returns the versions, in the order of the facts
   * @throws ZodError, Error as {@link appendEvent}; Error when two facts are about one aggregate
   */
  async appendEvents<Definition extends EventDefinition>(
    tx: Tx,
    facts: ReadonlyArray<{ readonly event: Definition; readonly fact: Fact<Definition> }>,
  ): Promise<readonly number[]> {
    if (facts.length === 0) return [];
    const traceparent = currentTraceparent();
    const time = this.clock.now();
    const events = facts.map(({ event, fact }) => {
      if (event.producer !== this.service) throw new Error(`${this.service} cannot publish ${event.type}`);
      return {
        id: newId<EventId>(),
        type: event.type,
        time,
        aggregateType: event.aggregate,
        aggregateId: fact.aggregateId,
        data: event.data.parse(fact.data),
        recipients: fact.recipients ?? [],
        traceparent,
      };
    });
    const versions = await this.repository.appendEvents(tx, events);
    afterCommit(tx, () => {
      this.observer.factsCommitted(events.map(({ type }) => type));
      this.listeners.forEach((wake) => wake());
    });
    return facts.map(({ fact }) => versions.get(fact.aggregateId) as number);
  }

  /** Calls `wake` after each commit of a transaction that added an event in this process. */
  onCommitted(wake: () => void): void {
    this.listeners.push(wake);
  }
}
