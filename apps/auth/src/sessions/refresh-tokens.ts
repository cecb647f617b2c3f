import { Injectable } from '@nestjs/common';
import { authErrors } from '@muster/contracts/auth/errors';
import { AppError } from '@muster/platform/errors/app-error';
import type { SessionId } from '@muster/contracts/kernel/ids';
import type { SessionProof } from '@muster/platform/throttle/session-proofs';
import { RefreshKeys } from '../keys/refresh-keys';
import { Secrets } from '../secrets/secrets';
import { refreshCookieOf } from './cookies';
import type { IncomingRequest } from './exchange';
import { isGenuine, readRefreshToken, type RefreshToken } from './refresh-token.rules';

/** Judges refresh tokens by their MAC alone; what the session of a genuine one has come to is the session's matter. */
@Injectable()
export class RefreshTokens implements SessionProof {
  constructor(
    private readonly keys: RefreshKeys,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AppError auth.signed_out for anything that auth has not signed */
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

  /** As it is kept: an attempt id lets an old token be used again, so that a copy of the table must not hold it. */
  attemptOf(attemptId: string): Buffer {
    return this.secrets.macOf('attempt', attemptId);
  }
}
