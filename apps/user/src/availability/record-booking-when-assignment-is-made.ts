import type { EventOf } from '@muster/contracts/kernel/event';
import { assignmentCancelled, assignmentMade } from '@muster/contracts/matching/events';
import type { Tx } from '@muster/platform/database/database';
import { Consume, isEvent, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { AvailabilityRepository } from './availability.repository';

/** Keeps the booked days of a calendar. What is cancelled is read by the same consumer, so that it never comes before it was made. */
@Injectable()
@Consume({ name: 'record-booking-when-assignment-is-made', events: [assignmentMade, assignmentCancelled] })
export class RecordBookingWhenAssignmentIsMade implements EventConsumer {
  constructor(private readonly calendars: AvailabilityRepository) {}

  async apply(tx: Tx, event: EventOf<typeof assignmentMade> | EventOf<typeof assignmentCancelled>): Promise<void> {
    const { worker, assignmentId, days } = event.data;
    if (isEvent(event, assignmentMade)) await this.calendars.insertBookedDays(tx, worker, assignmentId, days);
    else await this.calendars.deleteBookedDays(tx, worker, assignmentId, days);
  }
}
