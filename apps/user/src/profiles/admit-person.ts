import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PeopleRepository } from './people.repository';
import { ZoneOfWorker } from './zone-of-worker';

/** Makes sure that the person's row exists and locks it. Every write about a person begins with this. */
@Injectable()
export class AdmitPerson {
  constructor(
    private readonly people: PeopleRepository,
    private readonly zones: ZoneOfWorker,
  ) {}

  /** @returns the zone in which the person's days are read, which cannot change before the end of `tx` */
  async execute(tx: Tx, person: PersonId, now: Date): Promise<Zone> {
    await this.people.lockPerson(tx, person, now);
    return this.zones.zoneOf(person, tx);
  }
}
