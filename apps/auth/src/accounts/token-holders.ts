import { Injectable } from '@nestjs/common';
import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { maySignIn, newUntil, rolesOf } from './account.rules';
import { AccountsRepository, type Account } from './accounts.repository';

/** Somebody whose account is in a state to hold tokens, with the roles that they carry. */
export interface TokenHolder {
  readonly personId: PersonId;
  readonly roles: readonly Role[];
  /** Until when the account counts as new; may be past. */
  readonly newUntil: Date | null;
}

export interface Credentials {
  /** Undefined where there is no account, or none that may sign in. */
  readonly holder: TokenHolder | undefined;
  /** Also of an account that may not sign in: it is verified all the same, so that its state does not show. */
  readonly passwordHash: string | undefined;
}

@Injectable()
export class TokenHolders {
  constructor(private readonly accounts: AccountsRepository) {}

  async credentialsOf(emailKey: string): Promise<Credentials> {
    const account = await this.accounts.byEmail(emailKey);
    return { holder: holderOf(account), passwordHash: account?.password_hash };
  }

  async byId(personId: PersonId): Promise<TokenHolder | undefined> {
    return holderOf(await this.accounts.byId(personId));
  }
}

function holderOf(account: Account | undefined): TokenHolder | undefined {
  if (!account || !maySignIn(account.state)) return undefined;
  return { personId: account.person_id, roles: rolesOf(account.hats, account.grants), newUntil: newUntil(account.activated_at) };
}
