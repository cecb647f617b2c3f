import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { defineTaskKind } from '@muster/platform/tasks/task-kind';
import { Tasks, type TaskQueue } from '@muster/platform/tasks/tasks';
import type { AuthEnv } from '../config';
import { Secrets } from '../secrets/secrets';
import { textOf, type MailContent } from './mail-texts';
import { MailsRepository } from './mails.repository';

/** With its pauses a mail is tried for about a quarter of an hour: longer than the code in it is good for. */
export const SEND_MAIL = defineTaskKind({ kind: 'auth.send_mail', concurrency: 4, attempts: 10, timeoutMs: 15_000 });

/** What is sealed in a row of `mails`. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Writes mail down with the change that causes it; it leaves after the commit, and is not lost before it has left. */
@Injectable()
export class Mailer {
  private readonly queue: TaskQueue;

  constructor(
    private readonly mails: MailsRepository,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AuthEnv,
    tasks: Tasks,
  ) {
    this.queue = tasks.queueOf(SEND_MAIL);
  }

  async recordMail(tx: Tx, to: string, content: MailContent): Promise<void> {
    const mailId = newId();
    const now = this.clock.now();
    const letter: Letter = { to, ...textOf(content) };
    await this.mails.insertMail(tx, { mail_id: mailId, sealed: this.secrets.sealSecret('mail', mailId, JSON.stringify(letter)), created_at: now });
    // The outbox of a machine without a provider is the table itself.
    if (this.config.MAIL_URL !== 'outbox') await this.enqueueMail(tx, mailId);
  }

  /** Has a mail sent that is written down already. */
  enqueueMail(tx: Tx, mailId: string): Promise<void> {
    return this.queue.enqueueTask(tx, { key: mailId });
  }

  openMail(mail: { mail_id: string; sealed: Buffer }): Letter {
    return JSON.parse(this.secrets.openSecret('mail', mail.mail_id, mail.sealed)) as Letter;
  }
}
