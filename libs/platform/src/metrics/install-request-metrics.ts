import type { FastifyInstance } from 'fastify';
import { recordedTraceOf, routeOf } from '../tracing/install-request-scope';
import { labelBounds } from './label-bounds';
import type { Metrics, Observe } from './metrics';

/** A stranger may ask with any of three dozen methods; those that no route has share one series. */
const routedMethods: ReadonlySet<string> = new Set(labelBounds.method);
const classes = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Rate, errors and duration of every route, by its template: an id in a path never becomes a series. */
export function installRequestMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram('httpRequestSeconds');
  // Templates, methods that are routed and six classes: few, whatever strangers ask for. A key joined of them would be
  // made and hashed for every request.
  const series = new Map<string, Map<string, Array<Observe | undefined>>>();
  let inFlight = 0;
  metrics.onScrape(() => metrics.gauge('httpRequestsInFlight').set(inFlight));
  fastify.addHook('onRequest', (_request, _reply, done) => {
    inFlight += 1;
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    inFlight -= 1;
    const method = routedMethods.has(request.method) ? request.method : 'other';
    const route = routeOf(request);
    const nth = Math.min(5, Math.floor(reply.statusCode / 100));
    const byMethod = series.get(route) ?? put(series, route, new Map<string, Array<Observe | undefined>>());
    const byClass = byMethod.get(method) ?? put(byMethod, method, []);
    const observe = (byClass[nth] ??= seconds.series({ method, route, status_class: classes[nth] ?? '5xx' }));
    observe(reply.elapsedTime / 1000, recordedTraceOf(request));
    done();
  });
}

function put<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.set(key, value);
  return value;
}
