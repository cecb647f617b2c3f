import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import { availabilityChanged } from '@muster/contracts/user/events';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AdmitPerson } from '../profiles/admit-person';
import { AvailabilityRepository, type Availability } from './availability.repository';

/** Every write of a calendar: the row, and the event that says how it now stands, in one transaction. */
@Injectable()
export class ChangeAvailability {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly admit: AdmitPerson,
    private readonly calendars: AvailabilityRepository,
  ) {}

  execute(person: PersonId, change: (tx: Tx, now: Date) => Promise<void>): Promise<void> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const zone = await this.admit.execute(tx, person, now);
      await change(tx, now);
      const calendar = await this.calendars.findAvailabilityIn(tx, person);
      if (!calendar) throw new Error('the calendar that was just saved is not there');
      await this.outbox.appendEvent(tx, availabilityChanged, { aggregateId: person, data: factsOf(calendar, zone) });
    });
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
