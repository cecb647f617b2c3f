import { authErrors } from '@muster/contracts/auth/errors';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { TokenHolders, type TokenHolder } from '../accounts/token-holders';
import { PasswordHasher } from '../passwords/password-hasher';
import { SessionOpener } from './session-opener';
import type { Admitted } from './token-issuer';

@Injectable()
export class SignIn {
  constructor(
    private readonly holders: TokenHolders,
    private readonly passwords: PasswordHasher,
    private readonly opener: SessionOpener,
    private readonly database: Database,
  ) {}

  /** @throws AppError auth.credentials_not_right after the same work for a wrong password, no account, and one that may not sign in */
  async execute(emailKey: string, password: string, device: string | null): Promise<Admitted> {
    const { holder, passwordHash } = await this.holders.credentialsOf(emailKey);
    const right = await this.passwords.verifyPassword(passwordHash, password);
    if (!holder || !right) throw new AppError(authErrors.credentialsNotRight);
    return this.open(holder, device);
  }

  /** Signs in without a password somebody who has proved otherwise that they may. @throws AppError platform.not_found */
  async signInGuest(emailKey: string, device: string | null): Promise<Admitted> {
    const { holder } = await this.holders.credentialsOf(emailKey);
    if (!holder) throw new AppError(platformErrors.notFound);
    return this.open(holder, device);
  }

  private async open(holder: TokenHolder, device: string | null): Promise<Admitted> {
    const held = await this.database.transaction((tx) => this.opener.openSession(tx, holder.personId, device));
    return { holder, held };
  }
}
