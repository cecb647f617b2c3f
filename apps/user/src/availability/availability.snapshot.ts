import { availabilityChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { ZoneOfWorker } from '../profiles/zone-of-worker';
import { AvailabilityRepository } from './availability.repository';
import { factsOf } from './publish-calendar';

@Injectable()
@SnapshotOf('availability')
export class AvailabilitySnapshot implements SnapshotSource {
  constructor(
    private readonly calendars: AvailabilityRepository,
    private readonly zones: ZoneOfWorker,
  ) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const calendars = await this.calendars.snapshotPage(tx, after, limit);
    const zones = await this.zones.zonesOf(tx, [...calendars.keys()]);
    return [...calendars].map(([person, calendar]) => ({
      aggregateId: person,
      facts: [fact(availabilityChanged, factsOf(calendar, zones(person)))],
    }));
  }
}
