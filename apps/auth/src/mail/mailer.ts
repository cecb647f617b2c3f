import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { Timers } from '@muster/platform/timers/timers';
import type { AuthEnv } from '../config';
import { Secrets } from '../secrets/secrets';
import { textOf, type MailContent } from './mail-texts';
import { MailsRepository } from './mails.repository';

export const SEND_MAIL = 'auth.send_mail';

/** What is sealed in a row of `mails`. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Writes mail down with the change that causes it; it leaves after the commit, and is not lost before it has left. */
@Injectable()
export class Mailer {
  constructor(
    private readonly mails: MailsRepository,
    private readonly secrets: Secrets,
    private readonly timers: Timers,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  async send(tx: Tx, to: string, content: MailContent): Promise<void> {
    const mailId = newId();
    const now = this.clock.now();
    const letter: Letter = { to, ...textOf(content) };
    await this.mails.add(tx, { mail_id: mailId, sealed: this.secrets.seal('mail', mailId, JSON.stringify(letter)), created_at: now });
    // The outbox of a machine without a provider is the table itself.
    if (this.config.MAIL_URL !== 'outbox') await this.timers.schedule(tx, { kind: SEND_MAIL, key: mailId, at: now });
  }

  open(mail: { mail_id: string; sealed: Buffer }): Letter {
    return JSON.parse(this.secrets.open('mail', mail.mail_id, mail.sealed)) as Letter;
  }
}
