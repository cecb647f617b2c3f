import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { InviteId } from '@muster/contracts/matching/ids';
import * as routes from '@muster/contracts/matching/invites.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { AcceptInvite } from './accept-invite';
import { AnswerInvite } from './answer-invite';
import { InvitesRepository } from './invites.repository';
import { offerView } from './offer-view.rules';

type InviteView = OutputOf<typeof routes.readInvite>;

/** The routes by which a worker reads and answers invites. */
@Controller()
export class InvitesController {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly accepting: AcceptInvite,
    private readonly answering: AnswerInvite,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Handle(routes.listInvites)
  list(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.listInvites) { query }: InputOf<typeof routes.listInvites>,
  ): Promise<OutputOf<typeof routes.listInvites>> {
    const now = this.clock.now();
    const openAt = query.open === 'true' ? now : undefined;
    return this.cursors.readPage(
      { routeId: routes.listInvites.id, bound: { ...query, person: me.personId }, cursor: query.cursor, limit: query.limit },
      (before: InviteId | undefined, limit) => this.invites.pageOfOffers(me.personId, { openAt, before }, limit),
      { positionOf: (row) => row.invite_id, itemOf: (row) => offerView(row, now) },
    );
  }

  @Handle(routes.readInvite)
  async read(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.readInvite) { params }: InputOf<typeof routes.readInvite>,
  ): Promise<InviteView> {
    const row = await this.invites.findOffer(me.personId, params.inviteId);
    if (!row) throw new AppError(platformErrors.notFound);
    return offerView(row, this.clock.now());
  }

  @Handle(routes.markInviteSeen)
  see(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.markInviteSeen) { params }: InputOf<typeof routes.markInviteSeen>,
  ): Promise<InviteView> {
    return this.answering.see(me.personId, params.inviteId);
  }

  @Handle(routes.acceptInvite)
  accept(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.acceptInvite) { params }: InputOf<typeof routes.acceptInvite>,
  ): Promise<InviteView> {
    return this.accepting.execute(me.personId, params.inviteId);
  }

  @Handle(routes.declineInvite)
  decline(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.declineInvite) { params }: InputOf<typeof routes.declineInvite>,
  ): Promise<InviteView> {
    return this.answering.decline(me.personId, params.inviteId);
  }
}
