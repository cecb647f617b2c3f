import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { CONFIG } from '@muster/platform/config/define-config';
import type { AuthEnv } from '../config';
import type { Letter } from './mailer';

/** Milliseconds of silence after which a connection is given up; together they fit into one attempt of the task. */
const TIMEOUTS = { connectionTimeout: 4000, greetingTimeout: 4000, socketTimeout: 4000 };

/** The mail provider, for everywhere but a machine of its own. */
@Injectable()
export class Smtp {
  private readonly logger = new Logger(Smtp.name);
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

  /**
   * Hands a mail to the provider. An address that the provider refuses for good is only noted: trying again would not
   * help, and whoever typed a wrong address is not the operator's concern.
   *
   * @param mailId becomes the Message-ID, so that a repeated mail shows as one
   * @throws the provider's or the connection's error when the mail may leave at a later attempt
   */
  async deliverMail(mailId: string, letter: Letter): Promise<void> {
    if (!this.transport) throw new Error('there is no mail provider');
    const messageId = `<${mailId}@muster>`;
    // As an object the address is not parsed: what the contract takes is what the provider is given.
    const to = { name: '', address: letter.to };
    try {
      await this.transport.sendMail({ from: this.config.MAIL_FROM, to, subject: letter.subject, text: letter.body, messageId });
    } catch (error) {
      if (!isRefusedAddress(error)) throw error;
      this.logger.log({ mailId }, 'a mail was refused for its address and is not sent');
    }
  }
}

function isRefusedAddress(error: unknown): boolean {
  if (!(error instanceof Error) || !('command' in error) || !('responseCode' in error)) return false;
  return error.command === 'RCPT TO' && Number(error.responseCode) >= 500;
}
