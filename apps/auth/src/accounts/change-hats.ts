import { Inject, Injectable } from '@nestjs/common';
import { hatsChanged } from '@muster/contracts/auth/events';
import type { Hat } from '@muster/contracts/auth/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { AccountsRepository, type Account } from './accounts.repository';

@Injectable()
export class ChangeHats {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Nothing is published where nothing changes. */
  async execute(personId: PersonId, change: (hats: readonly Hat[]) => Hat[]): Promise<Account> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, personId);
      if (!account) throw new AppError(platformErrors.notFound);
      const hats = change(account.hats);
      if (hats.join() === account.hats.join()) return account;
      await this.accounts.setHats(tx, personId, hats);
      await this.outbox.add(tx, hatsChanged, { aggregateId: personId, data: { hats }, recipients: [personId] });
      return { ...account, hats };
    });
  }
}
