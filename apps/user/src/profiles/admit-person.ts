import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Zone } from '@muster/contracts/kernel/time';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PeopleRepository } from './people.repository';
import { ZoneOfWorker } from './zone-of-worker';

/** Whoever writes something of a person first makes sure that the person is here, and holds them until the end. */
@Injectable()
export class AdmitPerson {
  constructor(
    private readonly people: PeopleRepository,
    private readonly zones: ZoneOfWorker,
  ) {}

  /** @returns the zone of the person's days, which nobody changes before the end of `tx` */
  async execute(tx: Tx, person: PersonId, now: Date): Promise<Zone> {
    await this.people.lockPerson(tx, person, now);
    return this.zones.zoneOf(person, tx);
  }
}
