import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module';
import { SearchModule } from '../search/search.module';
import { StatesModule } from '../states/states.module';
import { AcceptInvite } from './accept-invite';
import { AnswerInvite } from './answer-invite';
import { AssignmentSnapshot } from './assignment.snapshot';
import { Assignments } from './assignments';
import { AssignmentsController } from './assignments.controller';
import { AssignmentsRepository } from './assignments.repository';
import { CompleteAssignmentWhenItsDaysAreOver } from './complete-assignment-when-its-days-are-over';
import { DeclineInvitesWhenHatComesOff } from './decline-invites-when-hat-comes-off';
import { ExpireInviteWhenTimeIsUp } from './expire-invite-when-time-is-up';
import { HatsOffRepository } from './hats-off.repository';
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
  imports: [JobsModule, SearchModule, StatesModule],
  controllers: [AssignmentsController, InvitesController, SentInvitesController],
  providers: [
    AcceptInvite,
    AnswerInvite,
    AssignmentSnapshot,
    Assignments,
    AssignmentsRepository,
    CompleteAssignmentWhenItsDaysAreOver,
    DeclineInvitesWhenHatComesOff,
    ExpireInviteWhenTimeIsUp,
    HatsOffRepository,
    Invitable,
    InviteTransitions,
    InviteIssuer,
    InviteSnapshot,
    InviteSteps,
    InvitesRepository,
    ReleasePlaceWhenInviteWaitsLong,
    SendInvite,
  ],
})
export class InvitesModule {}
