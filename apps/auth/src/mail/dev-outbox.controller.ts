import { readDevOutbox } from '@muster/contracts/auth/routes';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { Instant } from '@muster/contracts/kernel/time';
import { CONFIG } from '@muster/platform/config/define-config';
import { AppError } from '@muster/platform/errors/app-error';
import { Handle } from '@muster/platform/http/handle';
import { Controller, Inject, Req } from '@nestjs/common';
import type { AuthEnv } from '../config';
import type { IncomingRequest } from '../sessions/exchange';
import { Terminal } from '../terminal/terminal';
import { Mailer } from './mailer';
import { MailsRepository } from './mails.repository';

const SHOWN = 50;

@Controller()
export class DevOutboxController {
  constructor(
    private readonly mails: MailsRepository,
    private readonly mailer: Mailer,
    private readonly terminal: Terminal,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  @Handle(readDevOutbox)
  async read(@Req() request: IncomingRequest): Promise<OutputOf<typeof readDevOutbox>> {
    this.terminal.assertMayLook(request);
    if (this.config.MAIL_URL !== 'outbox') throw new AppError(platformErrors.notFound);
    const mails = await this.mails.listLatestMails(SHOWN);
    return { items: mails.map((mail) => ({ ...this.mailer.openMail(mail), sentAt: mail.created_at.toISOString() as Instant })) };
  }
}
