import type { Route } from '@muster/contracts/kernel/route';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessGuard } from '../auth/access.guard';
import { matchedRoute } from '../http/request-marks';
import type { ReadLimits } from '../limits/read-limits';
import type { ThrottleGuard } from '../throttle/throttle.guard';

/**
 * Who may ask, and how often, before a body is read. Both are guards in all but who calls them: Nest would do it after
 * the body and with a dozen promises, which on Node 20 is a fifth of what the platform costs. A flood is counted before
 * anybody's token is verified; what an account may read is counted once it is known that it may.
 */
export function installAdmission(fastify: FastifyInstance, throttle: ThrottleGuard, access: AccessGuard, limits: ReadLimits): void {
  const admitKnown = (request: FastifyRequest, route: Route): void | Promise<void> => {
    const known = access.admit(request, route);
    return known ? known.then(() => limits.admit(request, route)) : limits.admit(request, route);
  };
  const admit = (request: FastifyRequest, route: Route): void | Promise<void> => {
    const counted = throttle.admit(request, route);
    return counted ? counted.then(() => admitKnown(request, route)) : admitKnown(request, route);
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { muster } = matchedRoute(request).config;
    if (!muster) {
      done();
      return;
    }
    let admitted: void | Promise<void>;
    try {
      admitted = admit(request, muster.route);
    } catch (error) {
      done(error as Error);
      return;
    }
    if (admitted) admitted.then(() => done(), done);
    else done();
  });
}
