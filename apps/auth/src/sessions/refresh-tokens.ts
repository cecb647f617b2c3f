import { authErrors } from '@muster/contracts/auth/errors';
import type { SessionId } from '@muster/contracts/kernel/ids';
import { AppError } from '@muster/platform/errors/app-error';
import type { SessionProof } from '@muster/platform/throttle/session-proofs';
import { Injectable } from '@nestjs/common';
import { RefreshKeys } from '../keys/refresh-keys';
import { Secrets } from '../secrets/secrets';
import { refreshCookieOf } from './cookies';
import type { IncomingRequest } from './exchange';
import { isGenuine, readRefreshToken, type RefreshToken } from './refresh-token.rules';

/**
 * Verifies the MAC of refresh tokens. Whether the session of a genuine token is still valid is decided by
 * `RefreshSession`.
 */
@Injectable()
export class RefreshTokens implements SessionProof {
  constructor(
    private readonly keys: RefreshKeys,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AppError auth.signed_out for a text that auth has not signed */
  async verifyRefreshToken(text: string | undefined): Promise<RefreshToken> {
    const token = text === undefined ? undefined : await this.genuine(text);
    if (!token) throw new AppError(authErrors.signedOut);
    return token;
  }

  async sessionOf({ headers }: Pick<IncomingRequest, 'headers'>): Promise<SessionId | null> {
    const text = refreshCookieOf(headers.cookie);
    const token = text === undefined ? undefined : await this.genuine(text);
    return token?.sessionId ?? null;
  }

  private async genuine(text: string): Promise<RefreshToken | undefined> {
    const token = readRefreshToken(text);
    const key = token && (await this.keys.secretOfKey(token.keyId));
    return token && key && isGenuine(token, key) ? token : undefined;
  }

  /**
   * The MAC under which an attempt id is stored. An attempt id lets an old token be used again, so that a copy of the
   * table must not contain it.
   */
  attemptOf(attemptId: string): Buffer {
    return this.secrets.macOf('attempt', attemptId);
  }
}
