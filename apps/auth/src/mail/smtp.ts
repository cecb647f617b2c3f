import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@muster/platform/config/define-config';
import type { AuthEnv } from '../config';
import type { Letter } from './mailer';

/** Milliseconds; below the ten seconds after which the database ends a transaction that waits. */
const TIMEOUTS = { connectionTimeout: 4000, greetingTimeout: 4000, socketTimeout: 4000 };

interface Transport {
  sendMail(mail: { from: string; to: string; subject: string; text: string; messageId: string }): Promise<unknown>;
  close(): void;
}
interface Nodemailer {
  createTransport(options: object): Transport;
}

/** The mail provider, for everywhere but a machine of its own. */
@Injectable()
export class Smtp {
  private transport: Transport | undefined;

  constructor(@Inject(CONFIG) private readonly config: AuthEnv) {}

  /** Fails at the start, not at the first mail, where the library is not there. */
  async onModuleInit(): Promise<void> {
    if (this.config.MAIL === 'outbox') return;
    const library = 'nodemailer';
    const { createTransport } = (await import(library)) as Nodemailer;
    this.transport = createTransport({ url: this.config.MAIL, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  /** @param mailId becomes the Message-ID, so that a repeated mail shows as one */
  async deliver(mailId: string, letter: Letter): Promise<void> {
    if (!this.transport) throw new Error('there is no mail provider');
    const messageId = `<${mailId}@muster>`;
    await this.transport.sendMail({ from: this.config.MAIL_FROM, to: letter.to, subject: letter.subject, text: letter.body, messageId });
  }
}
