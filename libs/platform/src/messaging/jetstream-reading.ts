import { envelope, type Envelope } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { backoffMs } from '../kernel/backoff';
import { surviving } from '../kernel/surviving';
import { isAbsent } from './broker-faults';
import type { CarrierReader } from './carrier';
import type { NatsLink } from './nats-link';

const NANOS_PER_MS = 1_000_000;
/** Messages filed in one transaction, and how long the first of them waits for the others. */
const BATCH = 200;
const BATCH_MS = 5;
const NACK_MS = 1000;
const HEARTBEAT_MS = 3000;

/** Pulls one producer's stream for one reading service, and begins again whenever stream, consumer or server went. */
export class JetStreamReading {
  private readonly running: Promise<void>;
  private stopped = false;
  private messages: ConsumerMessages | undefined;
  private waiting: JsMsg[] = [];
  private flushTimer: NodeJS.Timeout | undefined;
  private filing: Promise<void> = Promise.resolve();
  private endPause: (() => void) | undefined;

  constructor(
    private readonly link: NatsLink,
    private readonly producer: ServiceName,
    private readonly reader: CarrierReader,
    private readonly onError: (error: unknown) => void,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.messages?.close();
    await this.running;
    this.flush();
    await this.filing;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopped; ) {
      const connection = this.link.current;
      try {
        if (connection) {
          await this.pull(connection);
          failures = 0;
        }
      } catch (error) {
        // A missing stream is no fault: its producer has published nothing since the store went.
        if (!isAbsent(error)) this.onError(error);
        failures += 1;
      }
      if (!this.stopped) await this.rest(50 + backoffMs(failures + 1, 100, 1000));
    }
  }

  private async pull(connection: NatsConnection): Promise<void> {
    const stream = `muster-${this.producer}`;
    const manager = await jetstreamManager(connection, { timeout: HEARTBEAT_MS, checkAPI: false });
    await manager.consumers.add(stream, {
      durable_name: this.reader.reader,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: 30_000 * NANOS_PER_MS,
      max_ack_pending: 2000,
    });
    const consumer = await jetstream(connection).consumers.get(stream, this.reader.reader);
    if (this.stopped) return;
    const messages = await consumer.consume({
      max_messages: 2 * BATCH,
      expires: 10_000,
      idle_heartbeat: HEARTBEAT_MS,
      abort_on_missing_resource: true,
    });
    this.messages = messages;
    surviving('state of a pull', () => this.endWhenSilent(messages))();
    for await (const message of messages) {
      if (this.stopped) break;
      this.add(message);
    }
  }

  /** Ends a pull without heartbeats: the server may have lost its store, or the connection is half open. */
  private async endWhenSilent(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      if (status.type === 'heartbeats_missed' || status.type === 'no_responders') await messages.close();
    }
  }

  private add(message: JsMsg): void {
    this.waiting.push(message);
    if (this.waiting.length >= BATCH) this.flush();
    else this.flushTimer ??= setTimeout(surviving('flush of received events', () => this.flush()), BATCH_MS);
  }

  private flush(): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) this.filing = this.filing.then(() => this.file(batch));
  }

  private async file(batch: readonly JsMsg[]): Promise<void> {
    const events = batch.flatMap((message) => eventOf(message));
    try {
      if (events.length > 0) await this.reader.onEvents(this.producer, events);
      for (const message of batch) message.ack();
    } catch (error) {
      this.onError(error);
      for (const message of batch) message.nak(NACK_MS);
    }
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/**
 * The event of a message; nothing for an invalid message, which is acknowledged and whose number is read from the
 * producer.
 */
function eventOf(message: JsMsg): Envelope[] {
  try {
    return [envelope.parse(message.json()) as Envelope];
  } catch {
    return [];
  }
}
