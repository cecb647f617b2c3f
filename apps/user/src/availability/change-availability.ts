import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { AdmitPerson } from '../profiles/admit-person';
import { PublishCalendar } from './publish-calendar';

/** Writes a calendar: the row, and the event that publishes it, in one transaction. */
@Injectable()
export class ChangeAvailability {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly admit: AdmitPerson,
    private readonly publish: PublishCalendar,
  ) {}

  execute(person: PersonId, change: (tx: Tx, now: Date) => Promise<void>): Promise<void> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const zone = await this.admit.execute(tx, person, now);
      await change(tx, now);
      await this.publish.execute(tx, person, zone);
    });
  }
}
