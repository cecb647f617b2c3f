import { Module } from '@nestjs/common';
import { ProfilesModule } from '../profiles/profiles.module';
import { AvailabilitySnapshot } from './availability.snapshot';
import { AvailabilityController } from './availability.controller';
import { AvailabilityRepository } from './availability.repository';
import { ChangeAvailability } from './change-availability';
import { RecordBookingWhenAssignmentIsMade } from './record-booking-when-assignment-is-made';

@Module({
  imports: [ProfilesModule],
  controllers: [AvailabilityController],
  providers: [
    AvailabilityRepository,
    AvailabilitySnapshot,
    ChangeAvailability,
    RecordBookingWhenAssignmentIsMade,
  ],
})
export class AvailabilityModule {}
