import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { contractOf } from '../http/request-marks';
import { surviving } from '../kernel/surviving';
import type { Metrics } from '../metrics/metrics';
import { loadClassOf, retryAfterSeconds, shedShare } from './admission.rules';
import { loadMonitor, type LoadMonitor } from './load-monitor';

interface LoadSheddingOptions {
  metrics: Metrics;
  monitor?: LoadMonitor;
  random?: () => number;
}

const shed = Symbol('muster.shed');

/** Whether this request was refused for load; its log line is sampled, or shedding would cost what it saves. */
export function wasShed(request: FastifyRequest): boolean {
  return shed in request && (request as { [shed]?: boolean })[shed] === true;
}

/**
 * Refuses with 503 before anything is read or looked up: search first, then reads, writes last, each by a share that
 * grows with the requests that wait and how long they do. How busy the machine is refuses nobody. Routes without a contract (probes, metrics) are never refused.
 */
export function installLoadShedding(fastify: FastifyInstance, options: LoadSheddingOptions): void {
  const monitor = options.monitor ?? loadMonitor();
  const random = options.random ?? Math.random;
  const refused = options.metrics.counter('shedRequests');
  fastify.decorateRequest(shed, false);

  fastify.addHook('onRequest', (request, reply, done) => {
    const route = contractOf(request);
    if (!route) {
      done();
      return;
    }
    reply.raw.once('close', surviving('answered request', monitor.enter()));
    const kind = loadClassOf[route.rate];
    const share = shedShare(monitor.now(), kind);
    if (share === 0 || random() >= share) {
      done();
      return;
    }
    (request as { [shed]?: boolean })[shed] = true;
    refused.inc({ class: kind });
    done(new AppError(platformErrors.overloaded, {}, { retryAfterSeconds: retryAfterSeconds(random()) }));
  });
}
