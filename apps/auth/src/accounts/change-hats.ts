import { hatsChanged } from '@muster/contracts/auth/events';
import type { Hat } from '@muster/contracts/auth/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { RevocationFeed } from '../revocations/revocation-feed';
import { AccountsRepository, type Account } from './accounts.repository';

@Injectable()
export class ChangeHats {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly revocations: RevocationFeed,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes nothing if nothing changes. Tokens that still state a hat which was taken off are revoked like those of
   * an ended session; the sessions themselves go on, and their next token is valid.
   */
  async execute(personId: PersonId, change: (hats: readonly Hat[]) => Hat[]): Promise<Account> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lockAccount(tx, personId);
      if (!account) throw new AppError(platformErrors.notFound);
      const hats = change(account.hats);
      if (hats.join() === account.hats.join()) return account;
      await this.accounts.setHats(tx, personId, hats);
      await this.outbox.appendEvent(tx, hatsChanged, { aggregateId: personId, data: { hats }, recipients: [personId] });
      if (account.hats.some((worn) => !hats.includes(worn))) await this.revokeTokens(tx, personId);
      return { ...account, hats };
    });
  }

  /**
   * Tokens hold whole seconds only. The revocation covers the whole current second, so the account records the
   * following second as the earliest issue time of its next token.
   */
  private async revokeTokens(tx: Tx, personId: PersonId): Promise<void> {
    const tokensFrom = new Date((Math.floor(this.clock.now().getTime() / 1000) + 1) * 1000);
    await this.accounts.setTokensFrom(tx, personId, tokensFrom);
    await this.revocations.appendRevocation(tx, { personId, sessionId: null, issuedBefore: tokensFrom });
  }
}
