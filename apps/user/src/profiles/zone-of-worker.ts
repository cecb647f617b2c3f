import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { WorkerProfilesRepository } from './worker-profiles.repository';

/** The zone of the first market. Dates of a calendar that was made before the profile are read in it. */
export const FIRST_MARKET = 'Asia/Kolkata' as Zone;

@Injectable()
export class ZoneOfWorker {
  constructor(private readonly profiles: WorkerProfilesRepository) {}

  /** Reads the zones of many people by one query. */
  async zonesOf(tx: Tx, people: readonly PersonId[]): Promise<(person: PersonId) => Zone> {
    const zones = await this.profiles.listZonesOf(tx, people);
    return (person) => zones.get(person) ?? FIRST_MARKET;
  }

  async zoneOf(person: PersonId, tx?: Tx): Promise<Zone> {
    const profile = await (tx ? this.profiles.findWorkerProfileIn(tx, person) : this.profiles.findWorkerProfile(person));
    return profile?.zone ?? FIRST_MARKET;
  }
}
