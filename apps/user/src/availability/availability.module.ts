import { Module } from '@nestjs/common';
import { ProfilesModule } from '../profiles/profiles.module';
import { AvailabilityController } from './availability.controller';
import { AvailabilitySnapshot } from './availability.snapshot';
import { CalendarsModule } from './calendars.module';
import { ChangeAvailability } from './change-availability';
import { RecordBookingWhenAssignmentIsMade } from './record-booking-when-assignment-is-made';

@Module({
  imports: [CalendarsModule, ProfilesModule],
  controllers: [AvailabilityController],
  providers: [
    AvailabilitySnapshot,
    ChangeAvailability,
    RecordBookingWhenAssignmentIsMade,
  ],
})
export class AvailabilityModule {}
