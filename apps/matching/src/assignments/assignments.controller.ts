import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { listAssignments } from '@muster/contracts/matching/invites.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { assignmentView } from './assignment-view.rules';
import { AssignmentsRepository, type AssignmentPosition } from './assignments.repository';

@Controller()
export class AssignmentsController {
  constructor(
    private readonly assignments: AssignmentsRepository,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Handle(listAssignments)
  list(
    @Caller() me: AuthenticatedPerson,
    @Input(listAssignments) { query }: InputOf<typeof listAssignments>,
  ): Promise<OutputOf<typeof listAssignments>> {
    const now = this.clock.now();
    return this.cursors.readPage(
      { routeId: listAssignments.id, bound: { ...query, person: me.personId }, cursor: query.cursor, limit: query.limit },
      (after: AssignmentPosition | undefined, limit) => {
        const at = after ? new Date(after.at) : now;
        return this.assignments.pageOfAssignments(me.personId, { at, limit, ...(after && { after }) });
      },
      { positionOf: ({ position }) => position, itemOf: ({ row }) => assignmentView(row) },
    );
  }
}
