import { rateClasses } from '@muster/contracts/kernel/access';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/app-error';
import { networkOf } from '../http/network';
import { contractOf, isInternal } from '../http/request-marks';
import { secondsToWait } from '../kernel/seconds-to-wait';
import type { Metrics } from '../metrics/metrics';
import { MemoryCounters } from './memory-counters';
import { WINDOW_MS, type RateLimits } from './rate-limits';

interface FloodOptions {
  readonly limits: RateLimits;
  readonly metrics: Metrics;
}

/**
 * Refuses a network that floods this replica, before a body is read and before Nest. It never refuses what the
 * throttle would let pass: a network that keeps the limits of all rate classes together can, as their windows begin at
 * different moments, send at most twice their sum in a window of this one. Refreshes are left out, for genuine ones are
 * counted by session and by no network at all.
 */
export function installFloodLimit(fastify: FastifyInstance, { limits, metrics }: FloodOptions): void {
  const counters = new MemoryCounters();
  const most = mostOf(limits);
  const refused = metrics.counter('throttledRequests');
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = isInternal(request.raw) ? undefined : contractOf(request);
    if (!route || route.rate === 'refresh') return done();
    const { count, resetMs } = counters.countHit(networkOf(request.ip), WINDOW_MS);
    if (count <= most) return done();
    refused.inc({ rate: route.rate, by: 'network' });
    const retryAfterSeconds = secondsToWait(resetMs);
    done(new AppError(platformErrors.tooMany, { limit: most, retryAfterSeconds }, { retryAfterSeconds }));
  });
}

function mostOf(limits: RateLimits): number {
  const counted = rateClasses.filter((rate) => rate !== 'internal' && rate !== 'refresh');
  return 2 * counted.reduce((sum, rate) => sum + limits[rate].network, 0);
}
