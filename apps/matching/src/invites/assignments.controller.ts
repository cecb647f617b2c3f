import { Controller, Inject } from '@nestjs/common';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AssignmentId } from '@muster/contracts/matching/ids';
import { listAssignments } from '@muster/contracts/matching/invites.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { AssignmentsRepository, type AssignmentPosition } from './assignments.repository';
import { assignmentView } from './offer-view.rules';

@Controller()
export class AssignmentsController {
  constructor(
    private readonly assignments: AssignmentsRepository,
    @Inject(Cursors) private readonly cursors: Cursors,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Handle(listAssignments)
  list(
    @Caller() me: AuthenticatedPerson,
    @Input(listAssignments) { query }: InputOf<typeof listAssignments>,
  ): Promise<OutputOf<typeof listAssignments>> {
    // Work that began yesterday evening at a site is not over yet: the UTC day is close enough for an order.
    const today = this.clock.instant().slice(0, 10);
    return this.cursors.page(
      { routeId: listAssignments.id, bound: { ...query, person: me.personId }, cursor: query.cursor, limit: query.limit },
      (after: AssignmentPosition | undefined, limit) => this.assignments.list(me.personId, { today, after, limit }),
      {
        positionOf: ({ rank, row }) => ({ rank, id: row.assignment_id as AssignmentId }),
        itemOf: ({ row }) => assignmentView(row),
      },
    );
  }
}
