import type { Epoch } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Inject, Injectable } from '@nestjs/common';
import type { EventsRead } from './event-source';
import { OutboxRepository } from './outbox.repository';
import { SERVICE_NAME } from './tokens';

/** This service's own events, for readers that found a hole. */
@Injectable()
export class EventLog {
  constructor(
    @Inject(SERVICE_NAME) private readonly service: ServiceName,
    private readonly repository: OutboxRepository,
  ) {}

  /** Up to `limit` events from `after + 1` on, in order and without a hole. */
  async readEvents(after: number, epoch: Epoch | undefined, limit: number): Promise<EventsRead> {
    const numbering = await this.repository.findNumbering();
    if (epoch !== undefined && epoch !== numbering.epoch) return { kind: 'foreignEpoch' };
    if (after > numbering.head) return { kind: 'beyondHead' };
    if (after + 1 < numbering.firstKept) return { kind: 'tooOld', firstKept: numbering.firstKept };
    const entries = after < numbering.head ? await this.repository.listEventsBetween(after + 1, numbering.head, limit) : [];
    const events = entries.map((entry) => entry.envelope);
    if (events.some((event, index) => event.sequence !== after + 1 + index || event.epoch !== numbering.epoch)) {
      return this.readEvents(after, epoch, limit); // a partition was dropped, or the epoch renewed, between the two queries
    }
    return { kind: 'events', head: { producer: this.service, epoch: numbering.epoch, sequence: numbering.head }, events };
  }
}
