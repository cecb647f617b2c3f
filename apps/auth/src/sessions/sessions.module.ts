import { SESSION_PROOF } from '@muster/platform/throttle/session-proofs';
import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { GateModule } from '../gate/gate.module';
import { KeysModule } from '../keys/keys.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { RevocationsModule } from '../revocations/revocations.module';
import { SecretsModule } from '../secrets/secrets.module';
import { EndSession } from './end-session';
import { RefreshSession } from './refresh-session';
import { RefreshTokens } from './refresh-tokens';
import { RefreshController } from './refresh.controller';
import { SessionCleanup } from './session-cleanup';
import { SessionOpener } from './session-opener';
import { SessionsController } from './sessions.controller';
import { SessionsRepository } from './sessions.repository';
import { SignIn } from './sign-in';
import { SignInController } from './sign-in.controller';
import { TokenIssuer } from './token-issuer';

@Module({
  imports: [AccountsModule, GateModule, KeysModule, PasswordsModule, RevocationsModule, SecretsModule],
  controllers: [RefreshController, SessionsController, SignInController],
  providers: [
    EndSession,
    RefreshSession,
    RefreshTokens,
    SessionCleanup,
    SessionOpener,
    SessionsRepository,
    SignIn,
    TokenIssuer,
    { provide: SESSION_PROOF, useExisting: RefreshTokens },
  ],
  exports: [SessionCleanup, SessionOpener, SignIn, TokenIssuer],
})
export class SessionsModule {}
