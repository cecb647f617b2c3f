import { workerProfileChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { cellOf } from './cell.rules';
import { reachInSteps } from './reach.rules';
import type { WorkerProfile } from './worker-profiles.repository';

/** Tells the others how a worker's profile now stands, with the cell in the place of the home. */
@Injectable()
export class PublishWorkerProfile {
  constructor(private readonly outbox: Outbox) {}

  async execute(tx: Tx, profile: WorkerProfile): Promise<void> {
    await this.outbox.appendEvent(tx, workerProfileChanged, { aggregateId: profile.personId, data: factsOf(profile) });
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
