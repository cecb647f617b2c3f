import { Module } from '@nestjs/common';
import { AvailabilityRepository } from './availability.repository';
import { PublishCalendar } from './publish-calendar';

/** What profiles need of calendars: a module of its own, because the rest of the slice needs profiles. */
@Module({ providers: [AvailabilityRepository, PublishCalendar], exports: [AvailabilityRepository, PublishCalendar] })
export class CalendarsModule {}
