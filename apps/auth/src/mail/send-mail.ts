import type { Tx } from '@muster/platform/database/database';
import { OnTask, type Task, type TaskHandler } from '@muster/platform/tasks/on-task';
import { Injectable } from '@nestjs/common';
import { Mailer, SEND_MAIL } from './mailer';
import { MailsRepository } from './mails.repository';
import { Smtp } from './smtp';

/**
 * Delivers at least once: after a crash between the provider's acceptance and the commit the mail is sent again under
 * the same Message-ID.
 */
@Injectable()
@OnTask(SEND_MAIL)
export class SendMail implements TaskHandler {
  constructor(
    private readonly mails: MailsRepository,
    private readonly mailer: Mailer,
    private readonly smtp: Smtp,
  ) {}

  async work({ key }: Task): Promise<void> {
    const mail = await this.mails.findMail(key);
    // A mail without a row was deleted because its code has expired.
    if (mail) await this.smtp.deliverMail(mail.mail_id, this.mailer.openMail(mail));
  }

  async settle(tx: Tx, { key }: Task): Promise<void> {
    await this.mails.deleteMail(tx, key);
  }
}
