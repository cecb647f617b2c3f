import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_TOKEN_TYPE, type AccessClaims } from '@muster/contracts/kernel/internal';
import type { SessionId } from '@muster/contracts/kernel/ids';
import { signStrictly } from '@muster/platform/auth/strict-jws';
import { Clock } from '@muster/platform/clock/clock';
import type { TokenHolder } from '../accounts/token-holders';
import type { GatePass } from '../gate/token-gate';
import { SigningKeys } from './signing-keys';

const LIFE_SECONDS = 300;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param _pass nobody gets a token without having passed the gate */
  async issue(_pass: GatePass, { personId, roles, newUntil }: TokenHolder, sessionId: SessionId): Promise<AccessToken> {
    const { kid, privateKey } = await this.keys.current();
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const claims: AccessClaims = {
      iss: 'muster-auth',
      aud: 'muster',
      sub: personId,
      sid: sessionId,
      roles: [...roles],
      ...(newUntil && newUntil > this.clock.now() && { new_until: Math.ceil(newUntil.getTime() / 1000) }),
      iat: issuedAt,
      exp: issuedAt + LIFE_SECONDS,
    };
    const token = await signStrictly({ ...claims }, { type: ACCESS_TOKEN_TYPE, kid, key: privateKey });
    return { token, expiresAt: new Date(claims.exp * 1000) };
  }
}
