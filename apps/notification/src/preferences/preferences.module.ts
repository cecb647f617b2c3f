import { Module } from '@nestjs/common';
import { ChannelsOfPerson } from './channels-of-person';
import { PreferencesController } from './preferences.controller';
import { PreferencesRepository } from './preferences.repository';

@Module({
  controllers: [PreferencesController],
  providers: [ChannelsOfPerson, PreferencesRepository],
  exports: [ChannelsOfPerson],
})
export class PreferencesModule {}
