import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Injectable } from '@nestjs/common';
import { maySignIn, newUntil, rolesOf } from './account.rules';
import { AccountsRepository, type Account } from './accounts.repository';

/** A person whose account may hold tokens, with the roles that the tokens carry. */
export interface TokenHolder {
  readonly personId: PersonId;
  readonly roles: readonly Role[];
  /** The moment until which the account counts as new; it may be past. */
  readonly newUntil: Date | null;
  /** The moment at which these facts were read. A token that states them may not carry a later issue time. */
  readonly asOf: Date;
  /** Tokens issued before this whole second are revoked. */
  readonly tokensFrom: Date | null;
}

export interface Credentials {
  /** Undefined when there is no account or the account may not sign in. */
  readonly holder: TokenHolder | undefined;
  /**
   * Set for an account that may not sign in as well: the password is verified all the same, so that the time taken does
   * not reveal the account's state.
   */
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

/** @param asOf a moment before the account was read */
export function holderOf(account: Account, asOf: Date): TokenHolder {
  return {
    personId: account.person_id,
    roles: rolesOf(account.hats, account.grants),
    newUntil: newUntil(account.activated_at),
    asOf,
    tokensFrom: account.tokens_from,
  };
}
