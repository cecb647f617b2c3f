import { Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { assignmentMade } from '@muster/contracts/matching/events';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { AssignmentsRepository } from './assignments.repository';

@SnapshotOf('assignment')
@Injectable()
export class AssignmentSnapshots implements SnapshotSource {
  constructor(private readonly assignments: AssignmentsRepository) {}

  async page(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const rows = await this.assignments.all(tx, after, limit);
    return rows.map((row) => ({
      aggregateId: row.assignment_id,
      facts: [
        fact(assignmentMade, {
          assignmentId: row.assignment_id as AssignmentId,
          jobId: row.job_id as JobId,
          lineId: row.line_id as LineId,
          inviteId: row.invite_id as InviteId,
          worker: row.worker as PersonId,
          contractor: row.contractor as PersonId,
          days: row.days,
        }),
      ],
    }));
  }
}
