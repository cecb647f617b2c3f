import { CONFIG } from '@muster/platform/config/define-config';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import type { AuthEnv } from '../config';
import type { Letter } from './mailer';

/** Milliseconds of silence after which a connection is given up; their sum fits into one attempt of the task. */
const TIMEOUTS = { connectionTimeout: 4000, greetingTimeout: 4000, socketTimeout: 4000 };

/** Delivers mail to the configured provider. */
@Injectable()
export class Smtp {
  private readonly logger = new Logger(Smtp.name);
  private transport: Transporter | undefined;

  constructor(@Inject(CONFIG) private readonly config: AuthEnv) {}

  async onModuleInit(): Promise<void> {
    if (this.config.MAIL_URL === 'outbox') return;
    // The module is loaded only if mail is sent, because loading it takes a tenth of the service's start.
    const { createTransport } = await import('nodemailer');
    this.transport = createTransport({ url: this.config.MAIL_URL, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  /**
   * Hands a mail to the provider. If the provider refuses the address for good, this is only logged: another attempt
   * would not help, and a mistyped address is not the operator's concern.
   *
   * @param mailId becomes the Message-ID, so that a repeated mail can be recognised
   * @throws the error of the provider or connection if a later attempt may succeed
   */
  async deliverMail(mailId: string, letter: Letter): Promise<void> {
    if (!this.transport) throw new Error('there is no mail provider');
    const messageId = `<${mailId}@muster>`;
    // The address is passed as an object, so that nodemailer does not parse it and the provider gets exactly what the
    // contract accepted.
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
