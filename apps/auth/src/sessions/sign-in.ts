import { Inject, Injectable } from '@nestjs/common';
import { authErrors } from '@muster/contracts/auth/errors';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { TokenHolders } from '../accounts/token-holders';
import { PasswordHasher } from '../passwords/password-hasher';
import { SessionOpener } from './session-opener';
import type { Admitted } from './token-desk';

@Injectable()
export class SignIn {
  constructor(
    private readonly holders: TokenHolders,
    private readonly passwords: PasswordHasher,
    private readonly opener: SessionOpener,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError auth.credentials_not_right after the same work for a wrong password, no account, and one that may not sign in */
  async execute(emailKey: string, password: string, device: string | null): Promise<Admitted> {
    const { holder, passwordHash } = await this.holders.credentialsOf(emailKey);
    const right = await this.passwords.verify(passwordHash, password);
    if (!holder || !right) throw new AppError(authErrors.credentialsNotRight);
    const held = await this.database.transaction((tx) => this.opener.open(tx, holder.personId, device));
    return { holder, held };
  }
}
