import { Module } from '@nestjs/common';
import { AvailabilityModule } from './availability/availability.module';
import { CardsModule } from './cards/cards.module';
import { ProfilesModule } from './profiles/profiles.module';
import { ReferenceDataModule } from './reference-data/reference-data.module';

@Module({ imports: [AvailabilityModule, CardsModule, ProfilesModule, ReferenceDataModule] })
export class UserModule {}
