import { workerProfileChanged } from '@muster/contracts/user/events';
import { SnapshotOf, type SnapshotSource } from '@muster/platform/messaging/snapshot-source';
import { Injectable } from '@nestjs/common';
import { factsOf } from './publish-worker-profile';
import { WorkerProfilesRepository } from './worker-profiles.repository';

@Injectable()
@SnapshotOf('worker_profile')
export class WorkerProfileSnapshot implements SnapshotSource {
  constructor(private readonly profiles: WorkerProfilesRepository) {}

  async page(after: string | undefined, limit: number) {
    const ids = await this.profiles.idsAfter(after, limit);
    const profiles = await Promise.all(ids.map((id) => this.profiles.find(id)));
    return profiles.flatMap((profile) =>
      profile ? [{ aggregateId: profile.personId, facts: [{ type: workerProfileChanged.type, data: factsOf(profile) }] }] : [],
    );
  }
}
