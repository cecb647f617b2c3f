import { Module } from '@nestjs/common';
import { ContractorProfilesRepository } from './contractor-profiles.repository';
import { PeopleRepository } from './people.repository';
import { ProfilesController } from './profiles.controller';
import { PublishWorkerProfile } from './publish-worker-profile';
import { RepublishName } from './republish-name';
import { SaveContractorProfile } from './save-contractor-profile';
import { SaveWorkerProfile } from './save-worker-profile';
import { WorkerProfileSnapshot } from './worker-profile-snapshot';
import { WorkerProfilesRepository } from './worker-profiles.repository';

@Module({
  controllers: [ProfilesController],
  providers: [
    ContractorProfilesRepository,
    PeopleRepository,
    PublishWorkerProfile,
    RepublishName,
    SaveContractorProfile,
    SaveWorkerProfile,
    WorkerProfileSnapshot,
    WorkerProfilesRepository,
  ],
  exports: [PeopleRepository, WorkerProfilesRepository],
})
export class ProfilesModule {}
