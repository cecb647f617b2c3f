import { Module } from '@nestjs/common';
import { AccountCleanup } from '../accounts/account-cleanup';
import { AccountsModule } from '../accounts/accounts.module';
import { CodeCleanup } from '../codes/code-cleanup';
import { CodesModule } from '../codes/codes.module';
import { GateModule } from '../gate/gate.module';
import { GuessCleanup } from '../gate/guess-cleanup';
import { MailCleanup } from '../mail/mail-cleanup';
import { MailModule } from '../mail/mail.module';
import { RevocationCleanup } from '../revocations/revocation-cleanup';
import { RevocationsModule } from '../revocations/revocations.module';
import { SessionCleanup } from '../sessions/session-cleanup';
import { SessionsModule } from '../sessions/sessions.module';
import type { Cleanup } from './cleanup';
import { CLEANUPS, DeleteExpiredRows } from './delete-expired-rows';
import { EnqueueDeletion } from './enqueue-deletion';

const cleanups = [AccountCleanup, CodeCleanup, GuessCleanup, MailCleanup, RevocationCleanup, SessionCleanup];

@Module({
  imports: [AccountsModule, CodesModule, GateModule, MailModule, RevocationsModule, SessionsModule],
  providers: [
    DeleteExpiredRows,
    EnqueueDeletion,
    { provide: CLEANUPS, inject: cleanups, useFactory: (...all: Cleanup[]) => all },
  ],
})
export class RetentionModule {}
