import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module';
import { MailModule } from '../mail/mail.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { RevocationsModule } from '../revocations/revocations.module';
import { AccountCleanup } from './account-cleanup';
import { AccountController } from './account.controller';
import { AccountSnapshot } from './account.snapshot';
import { AccountsRepository } from './accounts.repository';
import { ChangeHats } from './change-hats';
import { ConfirmSignUp } from './confirm-sign-up';
import { RevokeTokens } from './revoke-tokens';
import { SignUp } from './sign-up';
import { TokenHolders } from './token-holders';

@Module({
  imports: [CodesModule, MailModule, PasswordsModule, RevocationsModule],
  controllers: [AccountController],
  providers: [AccountCleanup, AccountSnapshot, AccountsRepository, ChangeHats, ConfirmSignUp, RevokeTokens, SignUp, TokenHolders],
  exports: [AccountCleanup, ConfirmSignUp, SignUp, TokenHolders],
})
export class AccountsModule {}
