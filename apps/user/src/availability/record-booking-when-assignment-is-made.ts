import type { EventOf } from '@muster/contracts/kernel/event';
import { assignmentMade } from '@muster/contracts/matching/events';
import type { Tx } from '@muster/platform/database/database';
import { Consume, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { AvailabilityRepository } from './availability.repository';

@Injectable()
@Consume({ name: 'record-booking-when-assignment-is-made', events: [assignmentMade] })
export class RecordBookingWhenAssignmentIsMade implements EventConsumer {
  constructor(private readonly calendars: AvailabilityRepository) {}

  async apply(tx: Tx, { data }: EventOf<typeof assignmentMade>): Promise<void> {
    await this.calendars.insertBookedDays(tx, data.worker, data.assignmentId, data.days);
  }
}
