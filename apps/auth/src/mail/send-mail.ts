import { Injectable } from '@nestjs/common';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Mailer, SEND_MAIL } from './mailer';
import { MailsRepository } from './mails.repository';
import { Smtp } from './smtp';

/** Delivered at least once: a crash between the provider's yes and the commit sends it again, under the same Message-ID. */
@Injectable()
@OnTimer(SEND_MAIL)
export class SendMail implements TimerHandler {
  constructor(
    private readonly mails: MailsRepository,
    private readonly mailer: Mailer,
    private readonly smtp: Smtp,
  ) {}

  async fire(tx: Tx, timer: Timer): Promise<void> {
    const mail = await this.mails.find(tx, timer.key);
    if (!mail) return; // too old by now: its code has expired
    await this.smtp.deliver(mail.mail_id, this.mailer.open(mail));
    await this.mails.remove(tx, mail.mail_id);
  }
}
