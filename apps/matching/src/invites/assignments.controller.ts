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
  async list(
    @Caller() me: AuthenticatedPerson,
    @Input(listAssignments) { query }: InputOf<typeof listAssignments>,
  ): Promise<OutputOf<typeof listAssignments>> {
    const bound = { ...query, person: me.personId };
    const after = this.cursors.open<AssignmentPosition>(listAssignments.id, bound, query.cursor);
    // Work that began yesterday evening at a site is not over yet: the UTC day is close enough for an order.
    const today = this.clock.instant().slice(0, 10);
    const rows = await this.assignments.list(me.personId, { today, after, limit: query.limit + 1 });
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const position = last && { rank: last.rank, id: last.row.assignment_id as AssignmentId };
    return {
      items: shown.map(({ row }) => assignmentView(row)),
      nextCursor: position ? this.cursors.seal(listAssignments.id, bound, position) : null,
    };
  }
}
