import type { signedIn } from '@muster/contracts/auth/views';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import { AppError } from '@muster/platform/errors/app-error';
import { allowedOrigins, mayUseMuster } from '@muster/platform/http/origins';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { TokenHolder } from '../accounts/token-holders';
import type { AuthEnv } from '../config';
import { TokenGate, type Attempt } from '../gate/token-gate';
import { AccessTokens } from '../keys/access-tokens';
import { setRefreshCookie } from './cookies';
import type { IncomingRequest, OutgoingReply } from './exchange';
import type { HeldSession } from './session-opener';

export interface Admitted {
  readonly holder: TokenHolder;
  readonly held: HeldSession;
}

export interface Exchange {
  readonly request: IncomingRequest;
  readonly reply: OutgoingReply;
}

/** Issues every token: checks the origin, passes the gate, verifies, then sets the cookie and signs the access token. */
@Injectable()
export class TokenIssuer {
  private readonly origins: ReadonlySet<string>;

  constructor(
    private readonly gate: TokenGate,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
    @Inject(CONFIG) config: AuthEnv,
  ) {
    this.origins = allowedOrigins(config);
  }

  /** @throws AppError platform.not_allowed for a page of another origin, platform.too_many, and any error of `verify` */
  async issueTokens(attempt: Attempt, { request, reply }: Exchange, verify: () => Promise<Admitted>): Promise<z.input<typeof signedIn>> {
    this.assertOrigin(attempt, request.headers.origin);
    return this.gate.passGate(attempt, async (pass) => {
      const { holder, held } = await verify();
      const { personId, roles } = holder;
      const { token, expiresAt } = await this.tokens.issueAccessToken(pass, holder, held);
      reply.header('set-cookie', setRefreshCookie(held.refreshToken, held.until, this.clock.now()));
      return { accessToken: token, expiresAt: expiresAt.toISOString(), personId, sessionId: held.sessionId, roles: [...roles] };
    });
  }

  private assertOrigin({ path }: Attempt, origin: string | undefined): void {
    // On two paths a cookie alone is the proof, so the Origin is required. The others carry their proof in the body and
    // may be used by programs that send no Origin.
    if (origin === undefined && path !== 'refresh' && path !== 'lookAround') return;
    if (!mayUseMuster(origin, this.origins)) throw new AppError(platformErrors.notAllowed);
  }
}
