import type { OutputOf } from '@muster/contracts/kernel/route';
import type { listAssignments } from '@muster/contracts/matching/invites.routes';
import { workView } from '../jobs/work-view.rules';
import type { AssignmentRow } from './assignments.repository';

type AssignmentView = OutputOf<typeof listAssignments>['items'][number];

export function assignmentView(row: AssignmentRow): AssignmentView {
  return {
    ...workView(row, row.days),
    assignmentId: row.assignment_id,
    inviteId: row.invite_id,
    state: row.state as AssignmentView['state'],
  };
}
