import type { Provider } from '@nestjs/common';
import { CONFIG } from '@muster/platform/config/define-config';
import { AccountsRepository } from '../accounts/accounts.repository';
import { CodesRepository } from '../codes/codes.repository';
import type { AuthEnv } from '../config';
import { GuessesRepository } from '../gate/guesses.repository';
import { MailsRepository } from '../mail/mails.repository';
import { RevocationsRepository } from '../revocations/revocations.repository';
import { SessionsRepository } from '../sessions/sessions.repository';
import { SWEEPERS, type Sweeper } from './sweep';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}

/** How long each thing is kept. */
export const sweepers: Provider = {
  provide: SWEEPERS,
  inject: [AccountsRepository, CodesRepository, GuessesRepository, MailsRepository, RevocationsRepository, SessionsRepository, CONFIG],
  useFactory: (
    accounts: AccountsRepository,
    codes: CodesRepository,
    guesses: GuessesRepository,
    mails: MailsRepository,
    revocations: RevocationsRepository,
    sessions: SessionsRepository,
    config: AuthEnv,
  ): Sweeper[] => [
    (now) => accounts.sweepPending(before(now, DAY_MS)),
    (now) => codes.sweep(before(now, 2 * DAY_MS)),
    (now) => guesses.sweep(before(now, 2 * HOUR_MS)),
    (now) => mails.sweep(before(now, DAY_MS)),
    (now) => revocations.sweep(before(now, HOUR_MS)),
    (now) => sessions.sweep(before(now, 7 * DAY_MS), before(now, (config.SESSION_IDLE_DAYS + 7) * DAY_MS)),
  ],
};
