import { workerProfileChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { factsOf } from './publish-worker-profile';
import { WorkerProfilesRepository } from './worker-profiles.repository';

@Injectable()
@SnapshotOf('worker_profile')
export class WorkerProfileSnapshot implements SnapshotSource {
  constructor(private readonly profiles: WorkerProfilesRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const profiles = await this.profiles.snapshotPage(tx, after, limit);
    return profiles.map((profile) => ({ aggregateId: profile.personId, facts: [fact(workerProfileChanged, factsOf(profile))] }));
  }
}
