import type { Envelope, EventDefinition } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Consumption, EventConsumer } from './consume';

export interface RegisteredConsumer extends Consumption {
  readonly instance: EventConsumer<unknown>;
}

/** The consumers of this process, found among its providers when it starts. */
export class Consumers {
  private readonly byName = new Map<string, RegisteredConsumer>();

  /** @throws Error when two have one name, or a projection lacks what its rebuild needs */
  registerConsumer(consumer: RegisteredConsumer): void {
    const { forgetVersions, deleteUnlisted } = consumer.instance;
    if (consumer.projection && !(forgetVersions && deleteUnlisted)) throw new Error(`${consumer.name} is a projection and lacks forgetVersions or deleteUnlisted`);
    if (this.byName.has(consumer.name)) throw new Error(`two consumers are named ${consumer.name}`);
    this.byName.set(consumer.name, consumer);
  }

  allConsumers(): readonly RegisteredConsumer[] {
    return [...this.byName.values()];
  }

  consumerNamed(name: string): RegisteredConsumer | undefined {
    return this.byName.get(name);
  }

  /** The producers whose streams are read here. */
  producersRead(): readonly ServiceName[] {
    return [...new Set(this.allConsumers().flatMap((consumer) => consumer.events.map((event) => event.producer)))].sort();
  }

  eventDefinition(consumer: string, type: string): EventDefinition | undefined {
    return this.byName.get(consumer)?.events.find((event) => event.type === type);
  }
}

/** The event with its data read by the consumer's definition, which strips what that does not know. */
export function parsedBy(definition: EventDefinition, event: Envelope): Envelope {
  return { ...event, data: definition.data.parse(event.data) };
}

/** Events of a partition keep their order: one aggregate of one producer. */
export function partitionOf(event: Pick<Envelope, 'source' | 'type' | 'aggregateId'>): string {
  return `${event.source}.${event.type.split('.')[1]}/${event.aggregateId}`;
}
