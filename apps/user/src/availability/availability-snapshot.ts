import { availabilityChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { ZoneOfWorker } from '../profiles/zone-of-worker';
import { AvailabilityRepository } from './availability.repository';
import { factsOf } from './change-availability';

@Injectable()
@SnapshotOf('availability')
export class AvailabilitySnapshot implements SnapshotSource {
  constructor(
    private readonly calendars: AvailabilityRepository,
    private readonly zones: ZoneOfWorker,
  ) {}

  async page(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const states: AggregateState[] = [];
    for (const person of await this.calendars.idsIn(tx, after, limit)) {
      const calendar = await this.calendars.findIn(tx, person);
      const zone = await this.zones.of(person, tx);
      if (calendar) states.push({ aggregateId: person, facts: [fact(availabilityChanged, factsOf(calendar, zone))] });
    }
    return states;
  }
}
