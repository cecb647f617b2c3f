import { ACCESS_TOKEN_TYPE, type AccessClaims } from '@muster/contracts/kernel/internal';
import { signStrictly } from '@muster/platform/auth/strict-jws';
import { Clock } from '@muster/platform/clock/clock';
import { Injectable } from '@nestjs/common';
import type { TokenHolder } from '../accounts/token-holders';
import type { GatePass } from '../gate/token-gate';
import type { HeldSession } from '../sessions/session-opener';
import { SigningKeys } from './signing-keys';

const LIFE_SECONDS = 300;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000);

@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @param _pass proves that the attempt passed the gate */
  async issueAccessToken(_pass: GatePass, holder: TokenHolder, { sessionId, endsAt }: Pick<HeldSession, 'sessionId' | 'endsAt'>): Promise<AccessToken> {
    const { personId, roles, newUntil } = holder;
    const { kid, privateKey } = await this.keys.currentKey();
    // The issue time is the moment at which the stated facts were read, not the moment of signing: a revocation in
    // between is then newer than the token and covers it.
    const issuedAt = Math.max(secondsOf(holder.asOf), secondsOf(holder.tokensFrom ?? holder.asOf));
    const sessionUntil = secondsOf(endsAt);
    const claims: AccessClaims = {
      iss: 'muster-auth',
      aud: 'muster',
      sub: personId,
      sid: sessionId,
      roles: [...roles],
      ...(newUntil && newUntil > this.clock.now() && { new_until: Math.ceil(newUntil.getTime() / 1000) }),
      iat: issuedAt,
      session_until: sessionUntil,
      exp: Math.max(Math.min(issuedAt + LIFE_SECONDS, sessionUntil), issuedAt + 1),
    };
    const token = await signStrictly({ ...claims }, { type: ACCESS_TOKEN_TYPE, kid, key: privateKey });
    return { token, expiresAt: new Date(claims.exp * 1000) };
  }
}
