import type { Envelope, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Inject, Injectable } from '@nestjs/common';
import type { EventSource } from './event-source';
import { Inbox } from './inbox';
import { DataObserver } from './observer';
import { ProducerReader } from './producer-reader';
import { RebuildQueue } from './rebuild-queue';
import { EVENT_SOURCE } from './tokens';

/** Receives what the carrier brings and fetches from the producers what it did not. */
@Injectable()
export class GapReader {
  private readonly readers = new Map<ServiceName, ProducerReader>();

  constructor(
    private readonly inbox: Inbox,
    @Inject(EVENT_SOURCE) private readonly source: EventSource,
    readonly rebuilds: RebuildQueue,
    private readonly observer: DataObserver,
  ) {}

  start(producers: readonly ServiceName[]): void {
    for (const producer of producers) {
      const reader = new ProducerReader(producer, this.inbox, this.source, this.rebuilds, this.observer);
      this.readers.set(producer, reader);
      reader.start();
    }
  }

  /** Files events from the carrier; rejects when they could not be filed. */
  async takeEvents(producer: ServiceName, events: readonly Envelope[]): Promise<void> {
    await this.readers.get(producer)?.takeEvents(events);
  }

  hearHead(head: Head): void {
    this.readers.get(head.producer)?.hearHead(head);
  }

  /** Seconds by which the received events may be behind the producer; 0 for a producer without readers here. */
  lagSeconds(producer: ServiceName): number {
    return this.readers.get(producer)?.lagSeconds ?? 0;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.readers.values()].map((reader) => reader.stop()));
  }
}
