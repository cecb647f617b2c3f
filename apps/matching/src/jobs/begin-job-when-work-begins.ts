import type { JobId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { JobMoves } from './job-moves';
import { WORK_BEGINS } from './job-timers';
import { stepsWhenWorkBegins } from './job.rules';

@OnTimer(WORK_BEGINS)
@Injectable()
export class BeginJobWhenWorkBegins implements TimerHandler {
  constructor(private readonly moves: JobMoves) {}

  fire(tx: Tx, timer: Timer): Promise<void> {
    return this.moves.moveJobWithTime(tx, timer.key as JobId, stepsWhenWorkBegins);
  }
}
