import type { RateClass } from '@muster/contracts/kernel/access';
import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions, ThrottlerOptions, ThrottlerOptionsFactory, ThrottlerStorage } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../auth/authenticator';
import type { Principal } from '../auth/principal';
import { CONFIG } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { networkOf } from '../http/network';
import { contractOf, requestOf } from '../http/request-marks';
import { secondsToWait } from '../kernel/seconds-to-wait';
import { COUNTERS } from '../service/drivers';
import type { CounterStore, WindowCount } from './counter-store';
import { WINDOW_MS, type RateLimit } from './rate-limits';
import { SessionProofs } from './session-proofs';

/**
 * The library's names of the two ways in which a request is counted. `default` is the one that `@Throttle` and
 * `@SkipThrottle()` of its documentation speak of, and counts networks as theirs does.
 */
const throttlerNames = { network: 'default', account: 'account' } as const;

/** The answer of a tracker for a request that it does not count. */
export const NOT_COUNTED = '';

/** The name of a throttler in keys and metrics. */
export function countedBy(throttlerName: string | undefined): keyof RateLimit {
  return throttlerName === throttlerNames.account ? 'account' : 'network';
}

export function rateOf(request: FastifyRequest): RateClass {
  return contractOf(request)?.rate ?? 'read';
}

/**
 * Two limits a request, by the rate class of its contract. The network is counted before any token is verified, so that
 * a flood of bad tokens is cheap; the account after.
 *
 * To refresh a session is different: a genuine cookie counts for its session and for nothing else, and what is none
 * counts for its network, apart from everything genuine. Whoever sends rubbish from an address that thousands share
 * takes nothing from them.
 */
@Injectable()
export class ThrottleOptions implements ThrottlerOptionsFactory {
  constructor(
    @Inject(CONFIG) private readonly env: PlatformEnv,
    @Inject(COUNTERS) private readonly counters: CounterStore,
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionProofs,
  ) {}

  createThrottlerOptions(): ThrottlerModuleOptions {
    return {
      storage: fixedWindows(this.counters),
      // A refusal carries Retry-After; three more headers on every success would tell nobody anything.
      setHeaders: false,
      // Throttlers of the same window are asked in the order in which they stand here.
      throttlers: [
        this.throttler('network', (request) => this.networkOf(request)),
        this.throttler('account', (request) => this.accountOf(request)),
      ],
    };
  }

  private throttler(by: keyof RateLimit, tracker: (request: FastifyRequest) => string | Promise<string>): ThrottlerOptions {
    return {
      name: throttlerNames[by],
      ttl: WINDOW_MS,
      limit: (context) => this.env.RATE_LIMITS[rateOf(requestOf(context))][by],
      getTracker: (_request, context) => tracker(requestOf(context)),
      generateKey,
    };
  }

  private networkOf(request: FastifyRequest): string | Promise<string> {
    if (rateOf(request) !== 'refresh') return networkOf(request.ip);
    return this.sessions.sessionOf(request).then((session) => (session === null ? networkOf(request.ip) : NOT_COUNTED));
  }

  /** At once where the caller's token was verified before, which nearly all were. */
  private accountOf(request: FastifyRequest): string | Promise<string> {
    if (rateOf(request) === 'refresh') return this.sessions.sessionOf(request).then((session) => session ?? NOT_COUNTED);
    const principal = this.authenticator.principalOf(request);
    return principal instanceof Promise ? principal.then(personOf) : personOf(principal);
  }
}

function personOf(principal: Principal | null): string {
  return principal?.kind === 'person' ? principal.personId : NOT_COUNTED;
}

/** All routes of a rate class share a count. As text, for the library's own hash costs more than the counting. */
function generateKey(context: ExecutionContext, tracker: string, throttlerName: string): string {
  return `${countedBy(throttlerName)}:${rateOf(requestOf(context))}:${tracker}`;
}

/** The library's own storage counts every hit of the window anew; a fixed window needs one number. */
function fixedWindows(counters: CounterStore): ThrottlerStorage {
  return {
    increment(key, ttl, limit) {
      const hit = counters.countHit(key, ttl);
      return hit instanceof Promise ? hit.then((count) => recordOf(count, limit)) : Promise.resolve(recordOf(hit, limit));
    },
  };
}

function recordOf({ count, resetMs }: WindowCount, limit: number): Awaited<ReturnType<ThrottlerStorage['increment']>> {
  const seconds = secondsToWait(resetMs);
  return { totalHits: count, timeToExpire: seconds, isBlocked: count > limit, timeToBlockExpire: seconds };
}
