import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { head as headSchema, type Envelope, type Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { jetstream, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { surviving } from '../kernel/surviving';
import { isAbsent } from './broker-faults';
import type { Carrier, CarrierReader, CarrierSubscription } from './carrier';
import { JetStreamReading } from './jetstream-reading';
import type { NatsLink } from './nats-link';

export const streamOf = (producer: ServiceName): string => `muster-${producer}`;
const eventSubject = (type: string): string => `muster.events.${type}`;
const headSubject = (producer: ServiceName): string => `muster.heads.${producer}`;

const NANOS_PER_MS = 1_000_000;
const PUBLISH_TIMEOUT_MS = 3000;

export interface JetStreamOptions {
  /** Copies of a stream in a cluster of servers; 1. */
  readonly replicas?: number;
  readonly onError?: (error: unknown) => void;
}

/**
 * One stream per producer, one durable consumer per reading service; heads over plain NATS. Streams and consumers are
 * made where they are missing, so that a deleted store costs nothing but the time to fetch from the outboxes.
 */
export class JetStreamCarrier implements Carrier {
  private readonly ensured = new Set<ServiceName>();
  private readonly subscriptions = new Set<CarrierSubscription>();

  constructor(
    private readonly link: NatsLink,
    private readonly options: JetStreamOptions = {},
  ) {}

  async publishEvents(producer: ServiceName, events: readonly Envelope[]): Promise<void> {
    const connection = this.link.current;
    if (!connection) throw new Error('the broker is away');
    try {
      await this.ensureStream(connection, producer);
      await publishAll(connection, events);
    } catch {
      this.ensured.delete(producer); // perhaps the stream was deleted: once more, from its making
      await this.ensureStream(connection, producer);
      await publishAll(connection, events);
    }
  }

  publishHead(head: Head): void {
    this.link.current?.publish(headSubject(head.producer), JSON.stringify(head));
  }

  subscribeReader(reader: CarrierReader): CarrierSubscription {
    const readings = reader.producers.map((producer) => new JetStreamReading(this.link, producer, reader, this.onError));
    let stopped = false;
    this.link.whenOpen((connection) => {
      if (stopped) return;
      for (const producer of reader.producers) this.hearHeads(connection, producer, reader, () => stopped);
    });
    const subscription = {
      stop: async () => {
        stopped = true;
        this.subscriptions.delete(subscription);
        await Promise.all(readings.map((reading) => reading.stop()));
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.link.close();
  }

  private readonly onError = (error: unknown): void => this.options.onError?.(error);

  private hearHeads(connection: NatsConnection, producer: ServiceName, reader: CarrierReader, isStopped: () => boolean): void {
    connection.subscribe(headSubject(producer), {
      callback: (error, message) => {
        if (error || isStopped()) return;
        const head = headSchema.safeParse(parsed(message.string()));
        if (head.success && head.data.producer === producer) surviving('head of a producer', reader.onHead)(head.data);
      },
    });
  }

  private async ensureStream(connection: NatsConnection, producer: ServiceName): Promise<void> {
    if (this.ensured.has(producer)) return;
    const manager = await jetstreamManager(connection, { timeout: PUBLISH_TIMEOUT_MS, checkAPI: false });
    const name = streamOf(producer);
    const known = await manager.streams.info(name).then(() => true, (error: unknown) => {
      if (isAbsent(error)) return false;
      throw error;
    });
    if (!known) {
      await manager.streams.add({
        name,
        subjects: [`${eventSubject(producer)}.>`],
        retention: RetentionPolicy.Limits,
        storage: StorageType.File,
        max_age: DAY_MS * NANOS_PER_MS,
        duplicate_window: 120_000 * NANOS_PER_MS,
        num_replicas: this.options.replicas ?? 1,
      });
    }
    this.ensured.add(producer);
  }
}

async function publishAll(connection: NatsConnection, events: readonly Envelope[]): Promise<void> {
  const js = jetstream(connection, { timeout: PUBLISH_TIMEOUT_MS });
  // All are on their way before the first is awaited; one that fails fails the batch, which is published again.
  const acks = events.map((event) => js.publish(eventSubject(event.type), JSON.stringify(event), { msgID: event.id, timeout: PUBLISH_TIMEOUT_MS }));
  const failed = (await Promise.allSettled(acks)).find((ack) => ack.status === 'rejected');
  if (failed) throw failed.reason;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
