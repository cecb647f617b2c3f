import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import { availabilityChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AvailabilityRepository, type Availability } from './availability.repository';

/** Publishes how a worker's calendar now stands and in which zone its dates are read. */
@Injectable()
export class PublishCalendar {
  constructor(
    private readonly calendars: AvailabilityRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Publishes nothing for a person who has no calendar. */
  async execute(tx: Tx, person: PersonId, zone: Zone): Promise<void> {
    const calendar = await this.calendars.findAvailabilityIn(tx, person);
    if (calendar) await this.outbox.appendEvent(tx, availabilityChanged, { aggregateId: person, data: factsOf(calendar, zone) });
  }
}

export function factsOf(calendar: Availability, zone: Zone): z.input<typeof availabilityChanged.data> {
  return {
    zone,
    weekly: calendar.weekly,
    exceptions: calendar.exceptions,
    freeUntil: calendar.freeUntil?.toISOString() ?? null,
    updatedAt: calendar.updatedAt.toISOString(),
  };
}
