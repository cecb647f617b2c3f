import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { userErrors } from '@muster/contracts/user/errors';
import {
  readContractorProfile,
  readWorkerProfile,
  saveContractorProfile,
  saveWorkerProfile,
} from '@muster/contracts/user/routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { place, placeLabel } from '@muster/reference/places';
import { Controller } from '@nestjs/common';
import { ContractorProfilesRepository } from './contractor-profiles.repository';
import { SaveContractorProfile } from './save-contractor-profile';
import { SaveWorkerProfile } from './save-worker-profile';
import { WorkerProfilesRepository, type WorkerProfile } from './worker-profiles.repository';

@Controller()
export class ProfilesController {
  constructor(
    private readonly workers: WorkerProfilesRepository,
    private readonly contractors: ContractorProfilesRepository,
    private readonly saveWorker: SaveWorkerProfile,
    private readonly saveContractor: SaveContractorProfile,
  ) {}

  @Handle(readWorkerProfile)
  async readWorker(@Caller() caller: AuthenticatedPerson): Promise<OutputOf<typeof readWorkerProfile>> {
    const profile = await this.workers.findWorkerProfile(caller.personId);
    if (!profile) throw new AppError(userErrors.noProfile);
    return viewOf(profile);
  }

  @Handle(saveWorkerProfile)
  async writeWorker(
    @Caller() caller: AuthenticatedPerson,
    @Input(saveWorkerProfile) { body }: InputOf<typeof saveWorkerProfile>,
  ): Promise<OutputOf<typeof saveWorkerProfile>> {
    return viewOf(await this.saveWorker.execute(caller.personId, body));
  }

  @Handle(readContractorProfile)
  readContractor(@Caller() caller: AuthenticatedPerson): Promise<OutputOf<typeof readContractorProfile>> {
    return this.contractorView(caller.personId);
  }

  @Handle(saveContractorProfile)
  async writeContractor(
    @Caller() caller: AuthenticatedPerson,
    @Input(saveContractorProfile) { body }: InputOf<typeof saveContractorProfile>,
  ): Promise<OutputOf<typeof saveContractorProfile>> {
    await this.saveContractor.execute(caller.personId, body);
    return this.contractorView(caller.personId);
  }

  private async contractorView(person: PersonId): Promise<OutputOf<typeof readContractorProfile>> {
    const profile = await this.contractors.findContractorProfile(person);
    if (!profile) throw new AppError(userErrors.noProfile);
    return { ...profile, updatedAt: profile.updatedAt.toISOString() };
  }
}

function viewOf(profile: WorkerProfile): OutputOf<typeof readWorkerProfile> {
  const home = place(profile.placeId);
  return {
    personId: profile.personId,
    displayName: profile.displayName,
    placeId: profile.placeId,
    placeName: home ? placeLabel(home) : profile.placeId,
    travelRadiusKm: profile.travelRadiusKm,
    skills: [...profile.skills],
    dayRate: profile.dayRate,
    floorRate: profile.floorRate,
    languages: profile.languages,
    version: profile.version,
    updatedAt: profile.updatedAt.toISOString(),
  };
}
