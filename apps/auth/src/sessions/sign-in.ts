import { Inject, Injectable } from '@nestjs/common';
import { authErrors } from '@muster/contracts/auth/errors';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { maySignIn } from '../accounts/account.rules';
import { AccountsRepository, type Account } from '../accounts/accounts.repository';
import { PasswordHasher } from '../passwords/password-hasher';
import { SessionOpener, type HeldSession } from './session-opener';

@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly passwords: PasswordHasher,
    private readonly opener: SessionOpener,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError auth.credentials_not_right after the same work for a wrong password, no account, and one that may not sign in */
  async execute(emailKey: string, password: string, device: string | null): Promise<{ account: Account; held: HeldSession }> {
    const account = await this.accounts.byEmail(emailKey);
    const right = await this.passwords.verify(account?.password_hash, password);
    if (!account || !right || !maySignIn(account.state)) throw new AppError(authErrors.credentialsNotRight);
    const held = await this.database.transaction((tx) => this.opener.open(tx, account.person_id, device));
    return { account, held };
  }
}
