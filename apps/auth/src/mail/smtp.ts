import { Inject, Injectable } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { CONFIG } from '@muster/platform/config/define-config';
import type { AuthEnv } from '../config';
import type { Letter } from './mailer';

/** Milliseconds; below the ten seconds after which the database ends a transaction that waits. */
const TIMEOUTS = { connectionTimeout: 4000, greetingTimeout: 4000, socketTimeout: 4000 };

/** The mail provider, for everywhere but a machine of its own. */
@Injectable()
export class Smtp {
  private transport: Transporter | undefined;

  constructor(@Inject(CONFIG) private readonly config: AuthEnv) {}

  async onModuleInit(): Promise<void> {
    if (this.config.MAIL_URL === 'outbox') return;
    // Loaded only where mail is sent: a tenth of the service's start.
    const { createTransport } = await import('nodemailer');
    this.transport = createTransport({ url: this.config.MAIL_URL, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  /** @param mailId becomes the Message-ID, so that a repeated mail shows as one */
  async deliver(mailId: string, letter: Letter): Promise<void> {
    if (!this.transport) throw new Error('there is no mail provider');
    const messageId = `<${mailId}@muster>`;
    // As an object the address is not parsed: what the contract takes is what the provider is given.
    const to = { name: '', address: letter.to };
    await this.transport.sendMail({ from: this.config.MAIL_FROM, to, subject: letter.subject, text: letter.body, messageId });
  }
}
