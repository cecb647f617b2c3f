import { Module } from '@nestjs/common';
import { AvailabilityModule } from './availability/availability.module';
import { ProfilesModule } from './profiles/profiles.module';
import { ReferenceDataModule } from './reference-data/reference-data.module';

@Module({ imports: [AvailabilityModule, ProfilesModule, ReferenceDataModule] })
export class UserModule {}
