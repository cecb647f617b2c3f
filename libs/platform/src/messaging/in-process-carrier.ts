import type { Envelope, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { surviving } from '../kernel/surviving';
import type { Carrier, CarrierReader, CarrierSubscription } from './carrier';
import type { InProcessBus } from './in-process-bus';

/** Beyond this many events waiting for a slow reader the rest is dropped: the gap reader fetches it. */
const MOST_WAITING = 10_000;
const BATCH = 500;

class Delivery implements CarrierSubscription {
  private readonly waiting = new Map<ServiceName, Envelope[]>();
  private count = 0;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly bus: InProcessBus,
    private readonly reader: CarrierReader,
  ) {
    bus.events.add(this.take);
    bus.heads.add(this.hear);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.bus.events.delete(this.take);
    this.bus.heads.delete(this.hear);
    await this.running;
  }

  private readonly hear = (head: Head): void => {
    if (this.reader.producers.includes(head.producer)) this.reader.onHead(head);
  };

  private readonly take = (producer: ServiceName, events: readonly Envelope[]): void => {
    if (!this.reader.producers.includes(producer) || this.count + events.length > MOST_WAITING) return;
    const queue = this.waiting.get(producer) ?? [];
    queue.push(...events);
    this.waiting.set(producer, queue);
    this.count += events.length;
    this.running ??= this.drain();
  };

  private async drain(): Promise<void> {
    await Promise.resolve(); // what is published in one go is received in one transaction
    while (this.count > 0 && !this.stopped) {
      for (const [producer, queue] of this.waiting) {
        const batch = queue.splice(0, BATCH);
        this.count -= batch.length;
        if (batch.length > 0) await this.hand(producer, batch);
      }
    }
    // In the same breath as the look that found nothing: what is published a moment later starts the next round.
    this.running = undefined;
  }

  /** Delivers a batch. Events that a reader could not take are fetched by its gap reader. */
  private async hand(producer: ServiceName, batch: readonly Envelope[]): Promise<void> {
    try {
      await this.reader.onEvents(producer, batch);
    } catch {
      // The reader has reported the error to its observer.
    }
  }
}

/** Hands events over inside the process, without waiting for their readers. */
export class InProcessCarrier implements Carrier {
  private readonly subscriptions = new Set<Delivery>();

  constructor(private readonly bus: InProcessBus) {}

  async publishEvents(producer: ServiceName, events: readonly Envelope[]): Promise<void> {
    for (const listener of [...this.bus.events]) surviving('events of a producer', listener)(producer, events);
  }

  publishHead(head: Head): void {
    for (const listener of [...this.bus.heads]) surviving('head of a producer', listener)(head);
  }

  subscribeReader(reader: CarrierReader): CarrierSubscription {
    const delivery = new Delivery(this.bus, reader);
    this.subscriptions.add(delivery);
    return delivery;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
  }
}
