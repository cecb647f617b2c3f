import type { PersonId } from '@muster/contracts/kernel/ids';
import { jobChanged } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { JobsRepository } from './jobs.repository';

@SnapshotOf('job')
@Injectable()
export class JobSnapshot implements SnapshotSource {
  constructor(private readonly jobs: JobsRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const rows = await this.jobs.snapshotPage(tx, after, limit);
    return rows.map((job) => ({
      aggregateId: job.job_id,
      facts: [
        fact(jobChanged, {
          jobId: job.job_id as JobId,
          contractor: job.contractor as PersonId,
          state: job.state,
          places: job.places,
          filled: job.filled,
        }),
      ],
    }));
  }
}
