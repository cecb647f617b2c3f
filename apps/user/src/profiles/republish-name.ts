import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PeopleRepository } from './people.repository';
import { PublishWorkerProfile } from './publish-worker-profile';
import { WorkerProfilesRepository } from './worker-profiles.repository';

/**
 * Renames a person. The name is the same under both hats, and other services fetch it again when the worker's profile
 * changes, so a worker who is renamed as a contractor is published again.
 */
@Injectable()
export class RepublishName {
  constructor(
    private readonly people: PeopleRepository,
    private readonly workers: WorkerProfilesRepository,
    private readonly publish: PublishWorkerProfile,
  ) {}

  /** @returns the date on which the person joined */
  async execute(tx: Tx, person: PersonId, displayName: string, now: Date): Promise<Date> {
    // The row is locked before anything is read: facts read earlier could be published after those of another save.
    const before = await this.people.lockPerson(tx, person, now);
    const joinedAt = await this.people.savePersonName(tx, person, displayName, now);
    const worker = before === displayName ? undefined : await this.workers.findWorkerProfileIn(tx, person);
    if (worker) await this.publish.execute(tx, worker, worker);
    return joinedAt;
  }
}
