import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PeopleRepository } from './people.repository';

/** Whoever writes something of a person first makes sure that the person is here, and holds them until the end. */
@Injectable()
export class AdmitPerson {
  constructor(private readonly people: PeopleRepository) {}

  execute(tx: Tx, person: PersonId, now: Date): Promise<void> {
    return this.people.ensure(tx, person, now);
  }
}
