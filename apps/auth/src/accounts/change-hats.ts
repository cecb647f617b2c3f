import { hatsChanged } from '@muster/contracts/auth/events';
import { hat, type Hat } from '@muster/contracts/auth/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { afterCommit } from '@muster/platform/database/after-commit';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Metrics } from '@muster/platform/metrics/metrics';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountsRepository, type Account } from './accounts.repository';
import { RevokeTokens } from './revoke-tokens';

@Injectable()
export class ChangeHats implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly tokens: RevokeTokens,
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    for (const role of hat.options) this.metrics.counter('rolesTaken').inc({ role }, 0);
  }

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
      if (account.hats.some((worn) => !hats.includes(worn))) await this.tokens.execute(tx, personId);
      const taken = hats.filter((role) => !account.hats.includes(role));
      afterCommit(tx, () => taken.forEach((role) => this.metrics.counter('rolesTaken').inc({ role })));
      return { ...account, hats };
    });
  }
}
