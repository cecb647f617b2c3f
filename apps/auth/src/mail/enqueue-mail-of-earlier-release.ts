import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { Mailer, SEND_MAIL } from './mailer';

/**
 * The previous release sent mail from a timer of this kind. This handler turns its waiting timers, and those that its
 * replicas still schedule during a rolling deployment, into tasks. It can be removed in the next release.
 */
@Injectable()
@OnTimer(SEND_MAIL.kind)
export class EnqueueMailOfEarlierRelease implements TimerHandler {
  constructor(private readonly mailer: Mailer) {}

  fire(tx: Tx, { key }: Timer): Promise<void> {
    return this.mailer.enqueueMail(tx, key);
  }
}
