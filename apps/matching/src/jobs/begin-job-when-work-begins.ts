import { Injectable } from '@nestjs/common';
import type { JobId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { JobMoves } from './job-moves';
import { stepsWhenWorkBegins } from './job.rules';
import { WORK_BEGINS } from './job-timers';
import { StaffingRepository } from './staffing.repository';

@OnTimer(WORK_BEGINS)
@Injectable()
export class BeginJobWhenWorkBegins implements TimerHandler {
  constructor(
    private readonly repository: StaffingRepository,
    private readonly moves: JobMoves,
  ) {}

  async fire(tx: Tx, timer: Timer): Promise<void> {
    const job = await this.repository.lockJob(tx, timer.key as JobId);
    const steps = job ? stepsWhenWorkBegins(job.state, job) : [];
    if (job && steps.length > 0) await this.moves.move(tx, job, job.filled, steps);
  }
}
