import { Module } from '@nestjs/common';
import { CalendarsModule } from '../availability/calendars.module';
import { AdmitPerson } from './admit-person';
import { CardsController } from './cards.controller';
import { ContractorProfileSnapshot } from './contractor-profile.snapshot';
import { ContractorProfilesRepository } from './contractor-profiles.repository';
import { PeopleRepository } from './people.repository';
import { ProfilesController } from './profiles.controller';
import { PublishWorkerProfile } from './publish-worker-profile';
import { RepublishName } from './republish-name';
import { SaveContractorProfile } from './save-contractor-profile';
import { SaveWorkerProfile } from './save-worker-profile';
import { WorkerProfileSnapshot } from './worker-profile.snapshot';
import { WorkerProfilesRepository } from './worker-profiles.repository';
import { ZoneOfWorker } from './zone-of-worker';

@Module({
  imports: [CalendarsModule],
  controllers: [CardsController, ProfilesController],
  providers: [
    AdmitPerson,
    ContractorProfileSnapshot,
    ContractorProfilesRepository,
    PeopleRepository,
    PublishWorkerProfile,
    RepublishName,
    SaveContractorProfile,
    SaveWorkerProfile,
    WorkerProfileSnapshot,
    WorkerProfilesRepository,
    ZoneOfWorker,
  ],
  exports: [AdmitPerson, ZoneOfWorker],
})
export class ProfilesModule {}
