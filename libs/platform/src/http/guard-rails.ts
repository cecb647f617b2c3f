import cookie from '@fastify/cookie';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { describeAnswers, type MismatchListener } from './answers';
import { isInternal, rememberReply } from './request-marks';
import { securityHeaders } from './security-headers';
import type { ServedRoutes } from './served-routes';

const operationsPath = /^\/(internal\/|metrics$|health(\/|$)|ready$)/;
/** The summary is the one operations path that is public as well (standalone's users and simple load balancers ask it). */
const alsoPublic = '/health';

export interface GuardRails {
  readonly routes: ServedRoutes;
  /** Share of answers checked in full against the contract. */
  readonly answerSample: number;
  readonly mismatch: MismatchListener;
  /** While true every answer asks its client to leave this connection. */
  readonly draining: () => boolean;
  readonly cookies: boolean;
}

/** The hooks that every request of every service passes; to be called before Nest registers a route. */
export async function installGuardRails(fastify: FastifyInstance, rails: GuardRails): Promise<void> {
  const headers = await securityHeaders();
  // Bodies are JSON; anything else, text/plain included, is a 415.
  fastify.removeContentTypeParser('text/plain');
  fastify.decorateRequest('principal', undefined);
  if (rails.cookies) await fastify.register(cookie);

  fastify.addHook('onRoute', (options: RouteOptions) => {
    const muster = options.config?.muster;
    if (!muster) {
      for (const method of [options.method].flat()) rails.routes.addUncontracted(method, options.url);
      return;
    }
    rails.routes.add(muster.route);
    if (muster.bodyLimit !== undefined) options.bodyLimit = muster.bodyLimit;
    describeAnswers(options, muster.route, rails.answerSample, rails.mismatch);
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    rememberReply(reply);
    void reply.headers(headers);
    void reply.header('x-request-id', request.id);
    if (rails.draining()) void reply.header('connection', 'close');
    // Judged by the route that matched, never by the text of the address, which has many spellings.
    const pattern = request.routeOptions.url;
    if (pattern !== undefined && !reachable(pattern, isInternal(request.raw))) {
      reply.callNotFound();
      return;
    }
    done();
  });
}

/** Operations paths on the operations listener, all others on the public one. */
function reachable(pattern: string, internal: boolean): boolean {
  return pattern === alsoPublic || operationsPath.test(pattern) === internal;
}
