import { Injectable } from '@nestjs/common';
import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { maySignIn, newUntil, rolesOf } from './account.rules';
import { AccountsRepository, type Account } from './accounts.repository';

/** Somebody whose account is in a state to hold tokens, with the roles that they carry. */
export interface TokenHolder {
  readonly personId: PersonId;
  readonly roles: readonly Role[];
  /** Until when the account counts as new; may be past. */
  readonly newUntil: Date | null;
  /** When this was so; no token that says it may be issued later. */
  readonly asOf: Date;
  /** Tokens issued before this whole second are revoked. */
  readonly tokensFrom: Date | null;
}

export interface Credentials {
  /** Undefined where there is no account, or none that may sign in. */
  readonly holder: TokenHolder | undefined;
  /** Also of an account that may not sign in: it is verified all the same, so that its state does not show. */
  readonly passwordHash: string | undefined;
}

@Injectable()
export class TokenHolders {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly clock: Clock,
  ) {}

  async credentialsOf(emailKey: string): Promise<Credentials> {
    const asOf = this.clock.now();
    const account = await this.accounts.findAccountByEmail(emailKey);
    return { holder: ifMaySignIn(account, asOf), passwordHash: account?.password_hash };
  }

  async holderById(personId: PersonId): Promise<TokenHolder | undefined> {
    const asOf = this.clock.now();
    return ifMaySignIn(await this.accounts.findSettledAccount(personId), asOf);
  }
}

function ifMaySignIn(account: Account | undefined, asOf: Date): TokenHolder | undefined {
  return account && maySignIn(account.state) ? holderOf(account, asOf) : undefined;
}

/** @param asOf before the account was read */
export function holderOf(account: Account, asOf: Date): TokenHolder {
  return {
    personId: account.person_id,
    roles: rolesOf(account.hats, account.grants),
    newUntil: newUntil(account.activated_at),
    asOf,
    tokensFrom: account.tokens_from,
  };
}
