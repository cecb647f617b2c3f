import { assignmentCompleted, assignmentMade } from '@muster/contracts/matching/events';
import type { AssignmentId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { AssignmentsRepository } from './assignments.repository';
import { inviteIdsOf } from './invite-ids';

@SnapshotOf('assignment')
@Injectable()
export class AssignmentSnapshot implements SnapshotSource {
  constructor(private readonly assignments: AssignmentsRepository) {}

  /** A cancelled assignment is told by the days that are left of it, which may be none. */
  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const rows = await this.assignments.snapshotPage(tx, after, limit);
    return rows.map((row) => {
      const ids = { ...inviteIdsOf(row), assignmentId: row.assignment_id as AssignmentId };
      const made = fact(assignmentMade, { ...ids, days: row.days });
      return { aggregateId: row.assignment_id, facts: row.state === 'completed' ? [made, fact(assignmentCompleted, ids)] : [made] };
    });
  }
}
