import type { Route } from '@muster/contracts/kernel/route';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessGuard } from '../auth/access.guard';
import { matchedRoute } from '../http/request-marks';
import type { ThrottleGuard } from '../throttle/throttle.guard';

/**
 * Who may ask, and how often, before a body is read. Both are guards in all but who calls them: Nest would do it after
 * the body and with a dozen promises, which on Node 20 is a fifth of what the platform costs. A flood is counted before
 * anybody's token is verified.
 */
export function installAdmission(fastify: FastifyInstance, throttle: ThrottleGuard, access: AccessGuard): void {
  const admit = (request: FastifyRequest, route: Route): void | Promise<void> => {
    const counted = throttle.admit(request, route);
    return counted ? counted.then(() => access.admit(request, route)) : access.admit(request, route);
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
