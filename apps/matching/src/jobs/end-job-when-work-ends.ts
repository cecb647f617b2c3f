import type { JobId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { JobMoves } from './job-moves';
import { WORK_ENDS } from './job-timers';
import { stepsWhenWorkEnds } from './job.rules';

@OnTimer(WORK_ENDS)
@Injectable()
export class EndJobWhenWorkEnds implements TimerHandler {
  constructor(private readonly moves: JobMoves) {}

  fire(tx: Tx, timer: Timer): Promise<void> {
    return this.moves.moveJobWithTime(tx, timer.key as JobId, stepsWhenWorkEnds);
  }
}
