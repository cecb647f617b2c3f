import { Injectable } from '@nestjs/common';
import { authErrors } from '@muster/contracts/auth/errors';
import { AppError } from '@muster/platform/errors/app-error';
import { RefreshKeys } from '../keys/refresh-keys';
import { Secrets } from '../secrets/secrets';
import { isGenuine, readRefreshToken, type RefreshToken } from './refresh-token.rules';

@Injectable()
export class RefreshTokens {
  constructor(
    private readonly keys: RefreshKeys,
    private readonly secrets: Secrets,
  ) {}

  /** @throws AppError auth.signed_out for anything that auth has not signed */
  async verify(text: string): Promise<RefreshToken> {
    const token = readRefreshToken(text);
    const key = token && (await this.keys.byId(token.keyId));
    if (!token || !key || !isGenuine(token, key)) throw new AppError(authErrors.signedOut);
    return token;
  }

  /** As it is kept: an attempt id lets an old token be used again, so that a copy of the table must not hold it. */
  attemptOf(attemptId: string): Buffer {
    return this.secrets.mac('attempt', attemptId);
  }
}
