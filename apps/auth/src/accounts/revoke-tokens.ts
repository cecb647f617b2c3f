import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { RevocationFeed } from '../revocations/revocation-feed';
import { AccountsRepository } from './accounts.repository';

/** Revokes the access tokens that a person holds; the sessions go on, and their next token is valid. */
@Injectable()
export class RevokeTokens {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly revocations: RevocationFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * Tokens hold whole seconds only. The revocation covers the whole current second, so the account records the
   * following second as the earliest issue time of its next token. Must be the last statement of a transaction.
   */
  async execute(tx: Tx, personId: PersonId): Promise<void> {
    const tokensFrom = new Date((Math.floor(this.clock.now().getTime() / 1000) + 1) * 1000);
    await this.accounts.setTokensFrom(tx, personId, tokensFrom);
    await this.revocations.appendRevocation(tx, { personId, sessionId: null, issuedBefore: tokensFrom });
  }
}
