import { availabilityChanged } from '@muster/contracts/user/events';
import { SnapshotOf, type SnapshotSource } from '@muster/platform/messaging/snapshot-source';
import { Injectable } from '@nestjs/common';
import { AvailabilityRepository } from './availability.repository';
import { factsOf } from './change-availability';
import { ZoneOfWorker } from '../profiles/zone-of-worker';

@Injectable()
@SnapshotOf('availability')
export class AvailabilitySnapshot implements SnapshotSource {
  constructor(
    private readonly calendars: AvailabilityRepository,
    private readonly zones: ZoneOfWorker,
  ) {}

  async page(after: string | undefined, limit: number) {
    const ids = await this.calendars.idsAfter(after, limit);
    const rows = await Promise.all(
      ids.map(async (id) => ({ id, calendar: await this.calendars.find(id), zone: await this.zones.of(id) })),
    );
    return rows.flatMap(({ id, calendar, zone }) =>
      calendar ? [{ aggregateId: id, facts: [{ type: availabilityChanged.type, data: factsOf(calendar, zone) }] }] : [],
    );
  }
}
