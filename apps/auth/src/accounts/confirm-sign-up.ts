import { authErrors } from '@muster/contracts/auth/errors';
import { accountActivated } from '@muster/contracts/auth/events';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { OneTimeCodes } from '../codes/one-time-codes';
import { mayBecome } from './account.rules';
import { AccountsRepository, type Account } from './accounts.repository';
import { holderOf, type TokenHolder } from './token-holders';

@Injectable()
export class ConfirmSignUp {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly codes: OneTimeCodes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * @param then work that belongs into the same transaction: opening the first session
   * @throws AppError auth.ask_for_code_here in a browser that asked for no code
   * @throws AppError auth.code_not_right for a wrong, used or expired code, and for an address that has an account
   */
  async execute<R>(
    given: { emailKey: string; code: string; browser: string | null },
    then: (tx: Tx, holder: TokenHolder) => Promise<R>,
  ): Promise<R> {
    const { emailKey, browser } = given;
    const code = await this.codes.matchCode({ purpose: 'sign_up', emailKey, browser }, given.code);
    return this.database.transaction(async (tx) => {
      const account = await this.activate(tx, await this.codes.useCode(tx, code), emailKey);
      await this.outbox.appendEvent(tx, accountActivated, {
        aggregateId: account.person_id,
        data: { adult: true, hats: account.hats, locale: account.locale },
        recipients: [account.person_id],
      });
      return then(tx, holderOf(account, this.clock.now()));
    });
  }

  private async activate(tx: Tx, personId: PersonId, emailKey: string): Promise<Account> {
    const account = (await this.accounts.lockPendingAccount(tx, emailKey)).find((row) => row.person_id === personId);
    const owner = await this.accounts.findAccountByEmailIn(tx, emailKey);
    if (!account || owner || !mayBecome(account.state, 'active')) throw new AppError(authErrors.codeNotRight);
    const now = this.clock.now();
    await this.accounts.activateAccount(tx, account.person_id, now);
    await this.accounts.deletePendingAccount(tx, emailKey);
    return { ...account, activated_at: now };
  }
}
