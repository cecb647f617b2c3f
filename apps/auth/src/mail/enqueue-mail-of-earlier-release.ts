import { Injectable } from '@nestjs/common';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Mailer, SEND_MAIL } from './mailer';

/**
 * The release before this one sent mail from a timer of this kind. What waits in its timers, and what its replicas still
 * schedule during a rolling deploy, becomes a task here. To be removed with the next release, which meets no such timer.
 */
@Injectable()
@OnTimer(SEND_MAIL.kind)
export class EnqueueMailOfEarlierRelease implements TimerHandler {
  constructor(private readonly mailer: Mailer) {}

  fire(tx: Tx, { key }: Timer): Promise<void> {
    return this.mailer.enqueueMail(tx, key);
  }
}
