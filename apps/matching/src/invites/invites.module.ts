import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module';
import { JobsModule } from '../jobs/jobs.module';
import { StatesModule } from '../states/states.module';
import { WorkersModule } from '../workers/workers.module';
import { AcceptInvite } from './accept-invite';
import { AnswerInvite } from './answer-invite';
import { DeclineInvitesWhenHatComesOff } from './decline-invites-when-hat-comes-off';
import { ExpireInviteWhenTimeIsUp } from './expire-invite-when-time-is-up';
import { Invitable } from './invitable';
import { InviteIssuer } from './invite-issuer';
import { InviteSteps } from './invite-steps';
import { InviteTransitions } from './invite-transitions';
import { InviteSnapshot } from './invite.snapshot';
import { InvitesController } from './invites.controller';
import { InvitesRepository } from './invites.repository';
import { ReleasePlaceWhenInviteWaitsLong } from './release-place-when-invite-waits-long';
import { SendInvite } from './send-invite';
import { SentInvitesController } from './sent-invites.controller';

@Module({
  imports: [AssignmentsModule, JobsModule, StatesModule, WorkersModule],
  controllers: [InvitesController, SentInvitesController],
  providers: [
    AcceptInvite,
    AnswerInvite,
    DeclineInvitesWhenHatComesOff,
    ExpireInviteWhenTimeIsUp,
    Invitable,
    InviteTransitions,
    InviteIssuer,
    InviteSnapshot,
    InviteSteps,
    InvitesRepository,
    ReleasePlaceWhenInviteWaitsLong,
    SendInvite,
  ],
  exports: [InviteTransitions],
})
export class InvitesModule {}
