import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { TerminalModule } from '../terminal/terminal.module';
import { DevOutboxController } from './dev-outbox.controller';
import { EnqueueMailOfEarlierRelease } from './enqueue-mail-of-earlier-release';
import { MailCleanup } from './mail-cleanup';
import { Mailer } from './mailer';
import { MailsRepository } from './mails.repository';
import { SendMail } from './send-mail';
import { Smtp } from './smtp';

@Module({
  imports: [SecretsModule, TerminalModule],
  controllers: [DevOutboxController],
  providers: [EnqueueMailOfEarlierRelease, MailCleanup, Mailer, MailsRepository, SendMail, Smtp],
  exports: [MailCleanup, Mailer],
})
export class MailModule {}
