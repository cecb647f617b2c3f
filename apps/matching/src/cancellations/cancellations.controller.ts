import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import * as routes from '@muster/contracts/matching/cancellations.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { CancelJob } from './cancel-job';
import { DropOut } from './drop-out';
import { FreeSlot } from './free-slot';

@Controller()
export class CancellationsController {
  constructor(
    private readonly dropping: DropOut,
    private readonly freeing: FreeSlot,
    private readonly cancelling: CancelJob,
  ) {}

  @Handle(routes.cancelAssignment)
  dropOut(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.cancelAssignment) { params, body }: InputOf<typeof routes.cancelAssignment>,
  ): Promise<OutputOf<typeof routes.cancelAssignment>> {
    return this.dropping.execute(me.personId, params.assignmentId, body.reason);
  }

  @Handle(routes.freeSlot)
  freeSlot(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.freeSlot) input: InputOf<typeof routes.freeSlot>,
  ): Promise<OutputOf<typeof routes.freeSlot>> {
    return this.freeing.execute(me.personId, input);
  }

  @Handle(routes.cancelJob)
  cancelJob(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.cancelJob) input: InputOf<typeof routes.cancelJob>,
  ): Promise<OutputOf<typeof routes.cancelJob>> {
    return this.cancelling.execute(me.personId, input);
  }
}
