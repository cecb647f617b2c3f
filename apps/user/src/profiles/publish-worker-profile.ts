import { workerProfileChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { PublishCalendar } from '../availability/publish-calendar';
import { cellOf } from './cell.rules';
import { reachInSteps } from './reach.rules';
import type { WorkerProfile } from './worker-profiles.repository';
import { FIRST_MARKET } from './zone-of-worker';

/** Publishes how a worker's profile now stands, with the cell in place of the home. */
@Injectable()
export class PublishWorkerProfile {
  constructor(
    private readonly outbox: Outbox,
    private readonly calendar: PublishCalendar,
  ) {}

  /**
   * The calendar is published as well when the worker has moved to another zone: its dates and its end of "free today" are
   * read in the zone of the profile.
   *
   * @param before the profile before this change; undefined for a worker who had none
   */
  async execute(tx: Tx, profile: WorkerProfile, before: WorkerProfile | undefined): Promise<void> {
    await this.outbox.appendEvent(tx, workerProfileChanged, { aggregateId: profile.personId, data: factsOf(profile) });
    if (profile.zone !== (before?.zone ?? FIRST_MARKET)) await this.calendar.execute(tx, profile.personId, profile.zone);
  }
}

export function factsOf(profile: WorkerProfile): z.input<typeof workerProfileChanged.data> {
  return {
    cell: cellOf(profile.home, profile.jitter),
    zone: profile.zone,
    travelRadiusKm: reachInSteps(profile.travelRadiusKm),
    skills: [...profile.skills],
    dayRate: profile.dayRate,
    floorRate: profile.floorRate ?? profile.dayRate,
    languages: profile.languages,
    joinedAt: profile.joinedAt.toISOString(),
  };
}
