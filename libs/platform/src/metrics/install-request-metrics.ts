import type { FastifyInstance } from 'fastify';
import { routeOf } from '../tracing/install-request-scope';
import type { Metrics } from './metrics';

const classes = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Rate, errors and duration of every route, by its template: an id in a path never becomes a series. */
export function installRequestMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram('httpRequestSeconds');
  // Templates, methods that are routed and six classes: few, whatever strangers ask for.
  const series = new Map<string, (value: number) => void>();
  let inFlight = 0;
  metrics.onScrape(() => metrics.gauge('httpRequestsInFlight').set(inFlight));
  fastify.addHook('onRequest', (_request, _reply, done) => {
    inFlight += 1;
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    inFlight -= 1;
    const route = routeOf(request);
    const status_class = classes[Math.floor(reply.statusCode / 100)] ?? '5xx';
    const key = `${request.method} ${status_class} ${route}`;
    let observe = series.get(key);
    if (!observe) {
      observe = seconds.series({ method: request.method, route, status_class });
      series.set(key, observe);
    }
    observe(reply.elapsedTime / 1000);
    done();
  });
}
