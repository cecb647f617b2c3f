import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { describeAnswers, type MismatchListener } from './answers';
import { installBodies } from './bodies';
import { compressAnswer } from './compress-answers';
import { isInternal, matchedRoute, rememberReply, type Reach } from './request-marks';
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
}

/** The hooks that every request of every service passes; to be called before Nest registers a route. */
export async function installGuardRails(fastify: FastifyInstance, rails: GuardRails): Promise<void> {
  const headers = await securityHeaders();
  fastify.decorateRequest('principal', undefined);

  fastify.addHook('onRoute', (options: RouteOptions) => {
    const muster = options.config?.muster;
    options.config = { ...options.config, reach: reachOf(options) };
    if (!muster) {
      for (const method of [options.method].flat()) rails.routes.addUncontractedRoute(method, options.url);
      return;
    }
    rails.routes.addRoute(muster.route);
    if (muster.bodyLimit !== undefined) options.bodyLimit = muster.bodyLimit;
    describeAnswers(options, muster.route, rails.answerSample, rails.mismatch);
    compressAnswer(options, muster.route);
  });

  installBodies(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    rememberReply(reply);
    void reply.headers(headers);
    void reply.header('x-request-id', request.id);
    if (rails.draining()) void reply.header('connection', 'close');
    // An address that nothing answers is refused before its body is read, whatever that may be.
    if (request.is404) {
      done(new NotFoundException());
      return;
    }
    // Judged by the route that matched, never by the text of the address, which has many spellings.
    const { reach } = matchedRoute(request).config;
    if (reach !== undefined && reach !== 'both' && reach !== (isInternal(request.raw) ? 'internal' : 'public')) {
      reply.callNotFound();
      return;
    }
    done();
  });
}

/**
 * Operations paths on the operations listener, contract routes on the public one. A controller that forgot its contract
 * is not served to the public; the documents say that they are, and OPTIONS is what browsers ask before a call.
 */
function reachOf({ url, method, config }: RouteOptions): Reach {
  if (url === alsoPublic) return 'both';
  if (operationsPath.test(url)) return 'internal';
  return config?.muster || config?.open || method === 'OPTIONS' ? 'public' : 'nowhere';
}
