import { authErrors } from '@muster/contracts/auth/errors';
import { refresh } from '@muster/contracts/auth/routes';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import { ClientAddress, Handle, Input } from '@muster/platform/http/handle';
import { Controller, Req, Res } from '@nestjs/common';
import { TokenHolders } from '../accounts/token-holders';
import { clearRefreshCookie, refreshCookieOf } from './cookies';
import type { IncomingRequest, OutgoingReply } from './exchange';
import { RefreshSession } from './refresh-session';
import { RefreshTokens } from './refresh-tokens';
import { TokenIssuer, type Admitted } from './token-issuer';

@Controller()
export class RefreshController {
  constructor(
    private readonly tokens: RefreshTokens,
    private readonly session: RefreshSession,
    private readonly holders: TokenHolders,
    private readonly issuer: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  @Handle(refresh)
  async refresh(
    @Input(refresh) { body }: InputOf<typeof refresh>,
    @ClientAddress() network: string,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<OutputOf<typeof refresh>> {
    const attempt = { path: 'refresh', login: null, network } as const;
    const cookie = refreshCookieOf(request.headers.cookie);
    try {
      return await this.issuer.issueTokens(attempt, { request, reply }, () => this.successor(cookie, body.attemptId));
    } catch (error) {
      if (cookie !== undefined && error instanceof AppError && error.definition === authErrors.signedOut) {
        reply.header('set-cookie', clearRefreshCookie());
      }
      throw error;
    }
  }

  private async successor(cookie: string | undefined, attemptId: string): Promise<Admitted> {
    const token = await this.tokens.verifyRefreshToken(cookie);
    const held = await this.session.execute(token, this.tokens.attemptOf(attemptId), this.clock.now());
    const holder = await this.holders.holderById(held.personId);
    if (!holder) throw new AppError(authErrors.signedOut);
    return { holder, held };
  }
}
