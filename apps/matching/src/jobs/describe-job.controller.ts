import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { describeJob } from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import type { Once } from '@muster/platform/database/idempotency';
import { Caller, Handle, IdempotencyContext, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { DescribeJob } from './describe-job';
import { NamedContractor } from './named-contractor';

@Controller()
export class DescribeJobController {
  constructor(
    private readonly describer: DescribeJob,
    private readonly named: NamedContractor,
  ) {}

  @Handle(describeJob)
  async describe(
    @Caller() me: AuthenticatedPerson,
    @Input(describeJob) { body }: InputOf<typeof describeJob>,
    @IdempotencyContext() once: Once,
  ): Promise<OutputOf<typeof describeJob>> {
    await this.named.requireName(me.personId);
    return this.describer.execute(me.personId, body, once);
  }
}
