import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import * as routes from '@muster/contracts/matching/invites.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import type { Once } from '@muster/platform/database/idempotency';
import { Caller, Handle, IdempotencyContext, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { AnswerInvite } from './answer-invite';
import { SendInvite } from './send-invite';

/** The routes by which a contractor sends and withdraws invites. */
@Controller()
export class SentInvitesController {
  constructor(
    private readonly sending: SendInvite,
    private readonly answering: AnswerInvite,
  ) {}

  @Handle(routes.sendInvite)
  send(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.sendInvite) input: InputOf<typeof routes.sendInvite>,
    @IdempotencyContext() once: Once,
  ): Promise<OutputOf<typeof routes.sendInvite>> {
    return this.sending.execute(me.personId, input, once);
  }

  @Handle(routes.withdrawInvite)
  withdraw(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.withdrawInvite) { params }: InputOf<typeof routes.withdrawInvite>,
  ): Promise<OutputOf<typeof routes.withdrawInvite>> {
    return this.answering.withdraw(me.personId, params.inviteId);
  }
}
