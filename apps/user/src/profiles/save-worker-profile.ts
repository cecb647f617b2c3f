import { randomInt } from 'node:crypto';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PeopleRepository } from './people.repository';
import { assertWorkerProfile, knownPlace, type WorkerProfileInput } from './profile.rules';
import { PublishWorkerProfile } from './publish-worker-profile';
import { WorkerProfilesRepository, type WorkerProfile } from './worker-profiles.repository';

@Injectable()
export class SaveWorkerProfile {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly profiles: WorkerProfilesRepository,
    private readonly publish: PublishWorkerProfile,
  ) {}

  async execute(person: PersonId, input: WorkerProfileInput): Promise<WorkerProfile> {
    assertWorkerProfile(input);
    const place = knownPlace(input.placeId);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      await this.people.savePersonName(tx, person, input.displayName, now);
      const before = await this.profiles.findWorkerProfileIn(tx, person);
      await this.profiles.saveWorkerProfile(
        tx,
        {
          personId: person,
          placeId: input.placeId,
          home: place.point,
          jitter: { north: thrown(), east: thrown() },
          zone: place.zone as Zone,
          travelRadiusKm: input.travelRadiusKm,
          dayRate: input.dayRate,
          floorRate: input.floorRate,
          languages: input.languages,
          skills: input.skills,
        },
        now,
      );
      const saved = await this.profiles.findWorkerProfileIn(tx, person);
      if (!saved) throw new Error('the profile that was just saved is not there');
      await this.publish.execute(tx, saved, before);
      return saved;
    });
  }
}

/** A uniform value in [-0.5, 0.5) from the system's random source, because a predictable seed would reveal the home. */
function thrown(): number {
  return randomInt(1_000_000) / 1_000_000 - 0.5;
}
