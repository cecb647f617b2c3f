import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import { Injectable } from '@nestjs/common';
import { WorkerProfilesRepository } from './worker-profiles.repository';

/** Where Muster starts; a calendar made before the profile is read in this zone. */
const FIRST_MARKET = 'Asia/Kolkata' as Zone;

@Injectable()
export class ZoneOfWorker {
  constructor(private readonly profiles: WorkerProfilesRepository) {}

  async of(person: PersonId): Promise<Zone> {
    return (await this.profiles.find(person))?.zone ?? FIRST_MARKET;
  }
}
