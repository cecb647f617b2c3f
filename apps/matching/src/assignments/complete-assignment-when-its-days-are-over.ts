import type { AssignmentId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { ASSIGNMENT_ENDS, Assignments } from './assignments';

@OnTimer(ASSIGNMENT_ENDS)
@Injectable()
export class CompleteAssignmentWhenItsDaysAreOver implements TimerHandler {
  constructor(private readonly assignments: Assignments) {}

  async fire(tx: Tx, timer: Timer): Promise<void> {
    await this.assignments.completeAssignment(tx, timer.key as AssignmentId);
  }
}
