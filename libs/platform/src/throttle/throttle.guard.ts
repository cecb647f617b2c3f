import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerOptions,
  type ThrottlerRequest,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { RateClass } from '@muster/contracts/kernel/access';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../auth/authenticator';
import { CONFIG } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { AppError } from '../errors/app-error';
import { networkOf } from '../http/network';
import { isInternal } from '../http/request-marks';
import { Metrics } from '../metrics/metrics';
import { COUNTERS } from '../service/drivers';
import type { CounterStore } from './counter-store';
import { WINDOW_MS, type RateLimits } from './rate-limits';

type By = 'network' | 'account';

/**
 * Counts requests by the contract's rate class. The network is counted before any token is verified, so that a flood
 * of bad tokens is cheap; the account after.
 */
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  constructor(
    @Inject(CONFIG) env: PlatformEnv,
    @Inject(COUNTERS) counters: CounterStore,
    reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly metrics: Metrics,
  ) {
    super(optionsOf(env.RATE_LIMITS), storageOver(counters), reflector);
  }

  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    return Promise.resolve(!request.routeOptions.config.muster || isInternal(request.raw));
  }

  protected override async handleRequest(props: ThrottlerRequest): Promise<boolean> {
    if (props.throttler.name === 'account' && !(await this.authenticator.principalOf(requestOf(props.context)))) return true;
    return super.handleRequest(props);
  }

  protected override throwThrottlingException(context: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
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
    generateKey: (context, tracker) => `${by}:${rateOf(context)}:${tracker}`,
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
      const seconds = Math.max(1, Math.ceil(resetMs / 1000));
      return { totalHits: count, timeToExpire: seconds, isBlocked: count > limit, timeToBlockExpire: seconds };
    },
  };
}

function rateOf(context: ExecutionContext): RateClass {
  return requestOf(context).routeOptions.config.muster?.route.rate ?? 'read';
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
