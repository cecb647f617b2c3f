import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { RateClass } from '@muster/contracts/kernel/access';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../auth/authenticator';
import type { Principal } from '../auth/principal';
import { CONFIG } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { AppError } from '../errors/app-error';
import { networkOf } from '../http/network';
import { isInternal } from '../http/request-marks';
import { Metrics } from '../metrics/metrics';
import { COUNTERS } from '../service/drivers';
import type { CounterStore, WindowCount } from './counter-store';
import { SessionProofs } from './session-proofs';
import { WINDOW_MS, type RateLimits } from './rate-limits';

type By = 'network' | 'account';

/**
 * Counts requests by the contract's rate class. The network is counted before any token is verified, so that a flood
 * of bad tokens is cheap; the account after.
 */
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  private readonly limits: RateLimits;

  constructor(
    @Inject(CONFIG) env: PlatformEnv,
    @Inject(COUNTERS) private readonly counters: CounterStore,
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionProofs,
    private readonly metrics: Metrics,
  ) {
    super(optionsOf(env.RATE_LIMITS), storageOver(counters), new Reflector());
    this.limits = env.RATE_LIMITS;
  }

  /**
   * The library's own looks for ten decorators that no contract route has and awaits every value on its way: forty
   * promises, more than all the rest of the platform made of a request. The same steps, and at once where the counts
   * and the caller are at hand.
   */
  admit(request: FastifyRequest, { rate }: Route): void | Promise<void> {
    if (isInternal(request.raw)) return;
    if (rate === 'refresh') return this.admitRefresh(request);
    const counted = this.count(request, rate, 'network', networkOf(request.ip));
    if (counted) return counted.then(() => this.admitAccount(request, rate));
    return this.admitAccount(request, rate);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const { muster } = request.routeOptions.config;
    if (muster) await this.admit(request, muster.route);
    return true;
  }

  /**
   * A genuine cookie counts for its session and for nothing else; what is none counts for its network, apart from
   * everything genuine: whoever sends rubbish from an address that thousands share takes nothing from them.
   */
  private async admitRefresh(request: FastifyRequest): Promise<void> {
    const session = await this.sessions.sessionOf(request);
    if (session === null) return this.count(request, 'refresh', 'network', networkOf(request.ip));
    return this.count(request, 'refresh', 'account', session);
  }

  private admitAccount(request: FastifyRequest, rate: RateClass): void | Promise<void> {
    const found = this.authenticator.principalOf(request);
    if (found instanceof Promise) return found.then((principal) => this.countAccount(request, rate, principal));
    return this.countAccount(request, rate, found);
  }

  private countAccount(request: FastifyRequest, rate: RateClass, principal: Principal | null): void | Promise<void> {
    if (principal?.kind === 'person') return this.count(request, rate, 'account', principal.personId);
  }

  private count(request: FastifyRequest, rate: RateClass, by: By, tracker: string): void | Promise<void> {
    const counted = this.counters.hit(`${by}:${rate}:${tracker}`, WINDOW_MS);
    if (counted instanceof Promise) return counted.then((late) => this.refuseBeyond(request, { rate, by, tracker }, late));
    if (counted.count > this.limits[rate][by]) this.refuseBeyond(request, { rate, by, tracker }, counted);
  }

  private refuseBeyond(request: FastifyRequest, { rate, by, tracker }: { rate: RateClass; by: By; tracker: string }, { count, resetMs }: WindowCount): void {
    const limit = this.limits[rate][by];
    if (count <= limit) return;
    const seconds = secondsUntil(resetMs);
    this.throwThrottlingException(new ExecutionContextHost([request]), {
      limit, ttl: WINDOW_MS, key: `${by}:${rate}:${tracker}`, tracker, totalHits: count, timeToExpire: seconds, isBlocked: true, timeToBlockExpire: seconds,
    });
  }

  protected override throwThrottlingException(context: ExecutionContext, detail: ThrottlerLimitDetail): never {
    const retryAfterSeconds = detail.timeToBlockExpire;
    this.metrics.counter('throttledRequests').inc({ rate: rateOf(context), by: detail.key.split(':', 1)[0] ?? '' });
    throw new AppError(platformErrors.tooMany, { limit: detail.limit, retryAfterSeconds }, { retryAfterSeconds });
  }
}

function optionsOf(limits: RateLimits): ThrottlerModuleOptions {
  const throttler = (by: By, getTracker: (request: FastifyRequest) => string): ThrottlerOptions => ({
    name: by,
    ttl: WINDOW_MS,
    limit: (context) => limits[rateOf(context)][by],
    getTracker: (request) => getTracker(request as FastifyRequest),
    // Plain text: the library's own hashes, which costs more than the counting.
    generateKey: (context, tracker) => keyOf(context, by, tracker),
  });
  return {
    setHeaders: false,
    throttlers: [
      throttler('network', (request) => networkOf(request.ip)),
      throttler('account', ({ principal }) => (principal?.kind === 'person' ? principal.personId : '')),
    ],
  };
}

/** The library's own storage counts every hit of the window anew; a fixed window needs one number. */
function storageOver(counters: CounterStore): ThrottlerStorage {
  return {
    async increment(key, ttl, limit) {
      const { count, resetMs } = await counters.hit(key, ttl);
      const seconds = secondsUntil(resetMs);
      return { totalHits: count, timeToExpire: seconds, isBlocked: count > limit, timeToBlockExpire: seconds };
    },
  };
}

function keyOf(context: ExecutionContext, by: By, tracker: string): string {
  return `${by}:${rateOf(context)}:${tracker}`;
}

function secondsUntil(resetMs: number): number {
  return Math.max(1, Math.ceil(resetMs / 1000));
}

function rateOf(context: ExecutionContext): RateClass {
  return requestOf(context).routeOptions.config.muster?.route.rate ?? 'read';
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
