import { authErrors } from '@muster/contracts/auth/errors';
import type { signUp } from '@muster/contracts/auth/routes';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf } from '@muster/contracts/kernel/route';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Injectable } from '@nestjs/common';
import { OneTimeCodes } from '../codes/one-time-codes';
import { Mailer } from '../mail/mailer';
import { PasswordHasher } from '../passwords/password-hasher';
import { emailKeyOf, judgeAge } from './account.rules';
import { AccountsRepository } from './accounts.repository';

type Wish = InputOf<typeof signUp>['body'];

/** The browser and the network from which somebody asks for an account. */
interface Asker {
  readonly browser: string;
  readonly before: string | null;
  readonly network: string;
}

/**
 * Whether the address already has an account changes the words of the mail and nothing else: the same rows are written
 * and the same password is hashed. For an address with an account, a code is made as well but sent to nobody.
 */
@Injectable()
export class SignUp {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly codes: OneTimeCodes,
    private readonly passwords: PasswordHasher,
    private readonly mailer: Mailer,
    private readonly database: Database,
  ) {}

  /**
   * @param browser the secret given to the browser, without which the code confirms nothing
   * @param before the secret that the browser held until now, if any
   * @throws AppError auth.under_age, auth.codes_used_up, platform.overloaded
   */
  async execute(wish: Wish, { browser, before, network }: Asker, now: Date): Promise<void> {
    assertAdult(wish.dateOfBirth, now.toISOString().slice(0, 10));
    const emailKey = emailKeyOf(wish.email);
    await this.codes.reserveCode(emailKey, network);
    const passwordHash = await this.passwords.hashPassword(wish.password);
    const personId = newId<PersonId>();
    await this.database.transaction(async (tx) => {
      await this.accounts.insertAccount(tx, {
        person_id: personId,
        email: wish.email,
        email_key: emailKey,
        password_hash: passwordHash,
        date_of_birth: wish.dateOfBirth,
        locale: wish.locale,
        state: 'pending',
        created_at: now,
        activated_at: null,
      });
      const codeFor = { purpose: 'sign_up', emailKey, browser } as const;
      if (before !== null) await this.codes.transferCodes(tx, before, codeFor, personId);
      const code = await this.codes.issueCode(tx, codeFor, personId);
      const owner = await this.accounts.findAccountByEmailIn(tx, emailKey);
      await this.mailer.recordMail(tx, wish.email, owner ? { kind: 'already_here', locale: owner.locale } : { kind: 'code', locale: wish.locale, code });
    });
  }
}

function assertAdult(dateOfBirth: string, today: string): void {
  const age = judgeAge(dateOfBirth, today);
  if (age === 'under_age') throw new AppError(authErrors.underAge);
  if (age === 'impossible') {
    throw new AppError(platformErrors.invalidRequest, {}, {
      fields: [{ pointer: '/body/dateOfBirth', message: 'must be the date of birth of somebody alive', code: 'too_small' }],
    });
  }
}
