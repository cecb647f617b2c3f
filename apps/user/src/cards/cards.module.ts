import { Module } from '@nestjs/common';
import { ProfilesModule } from '../profiles/profiles.module';
import { CardsController } from './cards.controller';

@Module({ imports: [ProfilesModule], controllers: [CardsController] })
export class CardsModule {}
