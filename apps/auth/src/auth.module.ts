import { Module } from '@nestjs/common';
import { AUTH_KEY_SOURCE } from '@muster/platform/auth/key-source';
import { SESSION_PROOF } from '@muster/platform/throttle/session-proofs';
import { AccountSweeper } from './accounts/account-sweeper';
import { CodeSweeper } from './codes/code-sweeper';
import { GuessSweeper } from './gate/guess-sweeper';
import { MailSweeper } from './mail/mail-sweeper';
import { RevocationSweeper } from './revocations/revocation-sweeper';
import { SessionSweeper } from './sessions/session-sweeper';
import { AccountController } from './accounts/account.controller';
import { AccountSnapshot } from './accounts/account-snapshot';
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
import { KeyRotation } from './keys/key-rotation';
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
import { TokenDesk } from './sessions/token-desk';
import { Guests } from './terminal/guests';
import { Terminal } from './terminal/terminal';
import { TerminalController } from './terminal/terminal.controller';
import { Sweep, SWEEPERS } from './upkeep/sweep';
import type { Sweeper } from './upkeep/sweeper';

const accounts = [AccountsRepository, SignUp, ConfirmSignUp, ChangeHats, AccountSnapshot, TokenHolders];
const proofs = [Secrets, PasswordHasher, CodesRepository, OneTimeCodes, GuessesRepository, TokenGate];
const sessions = [SessionsRepository, SessionOpener, SignIn, RefreshTokens, RefreshSession, EndSession, TokenDesk];
const keys = [KeysRepository, SigningKeys, RefreshKeys, AccessTokens, OwnKeySource, KeyRotation, RotateKeys];
const revocations = [RevocationsRepository, RevocationFeed];
const sweepers = [AccountSweeper, CodeSweeper, GuessSweeper, MailSweeper, RevocationSweeper, SessionSweeper];
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
    ...sweepers,
    Sweep,
    { provide: SWEEPERS, inject: sweepers, useFactory: (...all: Sweeper[]) => all },
    { provide: AUTH_KEY_SOURCE, useExisting: OwnKeySource },
    { provide: SESSION_PROOF, useExisting: RefreshTokens },
  ],
})
export class AuthModule {}
