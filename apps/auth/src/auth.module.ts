import { Module } from '@nestjs/common';
import { AUTH_KEY_SOURCE } from '@muster/platform/auth/key-source';
import { SESSION_PROOF } from '@muster/platform/throttle/session-proofs';
import { AccountCleanup } from './accounts/account-cleanup';
import { CodeCleanup } from './codes/code-cleanup';
import { GuessCleanup } from './gate/guess-cleanup';
import { MailCleanup } from './mail/mail-cleanup';
import { RevocationCleanup } from './revocations/revocation-cleanup';
import { SessionCleanup } from './sessions/session-cleanup';
import { AccountController } from './accounts/account.controller';
import { AccountSnapshot } from './accounts/account.snapshot';
import { AccountsRepository } from './accounts/accounts.repository';
import { ChangeHats } from './accounts/change-hats';
import { ConfirmSignUp } from './accounts/confirm-sign-up';
import { SignUp } from './accounts/sign-up';
import { SignUpController } from './accounts/sign-up.controller';
import { TokenHolders } from './accounts/token-holders';
import { CodesRepository } from './codes/codes.repository';
import { OneTimeCodes } from './codes/one-time-codes';
import { GuessesRepository } from './gate/guesses.repository';
import { TokenGate } from './gate/token-gate';
import { AccessTokens } from './keys/access-tokens';
import { KeyLifecycle } from './keys/key-lifecycle';
import { KeysController } from './keys/keys.controller';
import { KeysRepository } from './keys/keys.repository';
import { OwnKeySource } from './keys/own-key-source';
import { RefreshKeys } from './keys/refresh-keys';
import { RotateKeys } from './keys/rotate-keys';
import { SigningKeys } from './keys/signing-keys';
import { DevOutboxController } from './mail/dev-outbox.controller';
import { Mailer } from './mail/mailer';
import { EnqueueMailOfEarlierRelease } from './mail/enqueue-mail-of-earlier-release';
import { MailsRepository } from './mail/mails.repository';
import { SendMail } from './mail/send-mail';
import { Smtp } from './mail/smtp';
import { PasswordHasher } from './passwords/password-hasher';
import { RevocationFeed } from './revocations/revocation-feed';
import { RevocationsRepository } from './revocations/revocations.repository';
import { Secrets } from './secrets/secrets';
import { EndSession } from './sessions/end-session';
import { RefreshController } from './sessions/refresh.controller';
import { RefreshSession } from './sessions/refresh-session';
import { RefreshTokens } from './sessions/refresh-tokens';
import { SessionOpener } from './sessions/session-opener';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsRepository } from './sessions/sessions.repository';
import { SignIn } from './sessions/sign-in';
import { SignInController } from './sessions/sign-in.controller';
import { TokenIssuer } from './sessions/token-issuer';
import { Guests } from './terminal/guests';
import { Terminal } from './terminal/terminal';
import { TerminalController } from './terminal/terminal.controller';
import { DeleteExpiredRows, CLEANUPS } from './retention/delete-expired-rows';
import type { Cleanup } from './retention/cleanup';

const accounts = [AccountsRepository, SignUp, ConfirmSignUp, ChangeHats, AccountSnapshot, TokenHolders];
const proofs = [Secrets, PasswordHasher, CodesRepository, OneTimeCodes, GuessesRepository, TokenGate];
const sessions = [SessionsRepository, SessionOpener, SignIn, RefreshTokens, RefreshSession, EndSession, TokenIssuer];
const keys = [KeysRepository, SigningKeys, RefreshKeys, AccessTokens, OwnKeySource, KeyLifecycle, RotateKeys];
const revocations = [RevocationsRepository, RevocationFeed];
const cleanups = [AccountCleanup, CodeCleanup, GuessCleanup, MailCleanup, RevocationCleanup, SessionCleanup];
const mail = [MailsRepository, Mailer, Smtp, SendMail, EnqueueMailOfEarlierRelease];
const terminal = [Terminal, Guests];

@Module({
  controllers: [SignUpController, SignInController, RefreshController, SessionsController, AccountController, KeysController, DevOutboxController, TerminalController],
  providers: [
    ...accounts,
    ...proofs,
    ...sessions,
    ...keys,
    ...revocations,
    ...mail,
    ...terminal,
    ...cleanups,
    DeleteExpiredRows,
    { provide: CLEANUPS, inject: cleanups, useFactory: (...all: Cleanup[]) => all },
    { provide: AUTH_KEY_SOURCE, useExisting: OwnKeySource },
    { provide: SESSION_PROOF, useExisting: RefreshTokens },
  ],
})
export class AuthModule {}
