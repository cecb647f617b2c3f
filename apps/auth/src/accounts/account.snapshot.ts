import { accountActivated, accountErased, hatsChanged } from '@muster/contracts/auth/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { AccountsRepository } from './accounts.repository';

@Injectable()
@SnapshotOf('account')
export class AccountSnapshot implements SnapshotSource {
  constructor(private readonly accounts: AccountsRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const accounts = await this.accounts.pageOfAccounts(tx, after, limit);
    return accounts.map(({ person_id, state, hats, locale }) => ({
      aggregateId: person_id,
      facts:
        state === 'erased'
          ? [fact(accountErased, {})]
          : [fact(accountActivated, { adult: true, hats, locale }), fact(hatsChanged, { hats })],
    }));
  }
}
