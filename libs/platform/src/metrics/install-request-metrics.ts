import type { FastifyInstance } from 'fastify';
import { routeOf } from '../tracing/install-request-scope';
import type { Metrics } from './metrics';

const classes = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Rate, errors and duration of every route, by its template: an id in a path never becomes a series. */
export function installRequestMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram('httpRequestSeconds');
  let inFlight = 0;
  metrics.onScrape(() => metrics.gauge('httpRequestsInFlight').set(inFlight));
  fastify.addHook('onRequest', (_request, _reply, done) => {
    inFlight += 1;
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    inFlight -= 1;
    seconds.observe(
      { method: request.method, route: routeOf(request), status_class: classes[Math.floor(reply.statusCode / 100)] ?? '5xx' },
      reply.elapsedTime / 1000,
    );
    done();
  });
}
