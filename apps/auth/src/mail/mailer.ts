import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { defineTaskKind } from '@muster/platform/tasks/task-kind';
import { Tasks, type TaskQueue } from '@muster/platform/tasks/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { Secrets } from '../secrets/secrets';
import { textOf, type MailContent } from './mail-texts';
import { MailsRepository } from './mails.repository';

/**
 * Including the pauses, the attempts to send a mail last about a quarter of an hour, which is longer than the code in
 * it is valid.
 */
export const SEND_MAIL = defineTaskKind({ kind: 'auth.send_mail', concurrency: 4, attempts: 10, timeoutMs: 15_000 });

/** The content that is encrypted in a row of `mails`. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/**
 * Stores a mail in the transaction of the change that causes it. It is sent after the commit and cannot be lost in
 * between.
 */
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
    // On a machine without a mail provider the table itself is the outbox, and nothing is sent.
    if (this.config.MAIL_URL !== 'outbox') await this.enqueueMail(tx, mailId);
  }

  /** Enqueues the sending of a mail that is stored already. */
  enqueueMail(tx: Tx, mailId: string): Promise<void> {
    return this.queue.enqueueTask(tx, { key: mailId });
  }

  openMail(mail: { mail_id: string; sealed: Buffer }): Letter {
    return JSON.parse(this.secrets.openSecret('mail', mail.mail_id, mail.sealed)) as Letter;
  }
}
