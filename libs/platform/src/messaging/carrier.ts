import type { Envelope, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';

export interface CarrierReader {
  readonly reader: ServiceName;
  readonly producers: readonly ServiceName[];
  /** Events of one producer, in any order, perhaps again. Rejecting has them carried again, or not: the gap reader finds them. */
  onEvents(producer: ServiceName, events: readonly Envelope[]): Promise<void>;
  onHead(head: Head): void;
}

export interface CarrierSubscription {
  /** No event is handed over after it resolved; those in work are finished. */
  stop(): Promise<void>;
}

/**
 * Takes events to their readers quickly. It may lose, repeat and reorder: the truth is the producer's outbox, and
 * readers fetch from there what they miss.
 */
export interface Carrier {
  /** @throws Error when not all were taken over; publishing them again does no harm */
  publishEvents(producer: ServiceName, events: readonly Envelope[]): Promise<void>;
  /** Publishes the head. It never throws, because the next head follows a second later. */
  publishHead(head: Head): void;
  /** Returns at once, also while the broker is away; carries as soon as it is there. */
  subscribeReader(reader: CarrierReader): CarrierSubscription;
  close(): Promise<void>;
}
