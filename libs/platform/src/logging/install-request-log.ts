import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wasShed } from '../resilience/load-shedding';
import { routeOf, scopeOf, SLOW_MS } from '../tracing/install-request-scope';
import { runInScope } from '../tracing/scope';
import type { RootLogger } from './logger';

interface RequestLogOptions {
  logger: RootLogger;
  /** Share of unremarkable requests that get a line, 0 to 1. */
  sample: number;
  random?: () => number;
}

/** Answers that strangers and worn-out sessions cause by the thousand: sampled as successes are. */
const noise = new Set([401, 404, 429]);

/** Whether a finished request always gets its line. */
export function isRemarkable(status: number, durationMs: number, shed: boolean): boolean {
  if (shed) return false;
  return durationMs >= SLOW_MS || (status >= 400 && !noise.has(status));
}

/** One line per request, written when its last byte is out; `sampleRate` says how many like it a line stands for. */
export function installRequestLog(fastify: FastifyInstance, { logger, sample, random = Math.random }: RequestLogOptions): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const durationMs = reply.elapsedTime;
    const remarkable = isRemarkable(reply.statusCode, durationMs, wasShed(request));
    if (remarkable || random() < sample) {
      const fields = {
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        durationMs: Math.round(durationMs * 10) / 10,
        ...callerOf(request),
        sampleRate: remarkable ? 1 : sample,
      };
      // onResponse is an event of the socket: the request's scope has to be put back.
      runInScope(scopeOf(request), () => logger[levelOf(reply.statusCode)](fields, 'request'));
    }
    done();
  });
}

function levelOf(status: number): 'info' | 'warn' | 'error' {
  if (status >= 500) return status === 503 ? 'warn' : 'error';
  return 'info';
}

function callerOf({ principal }: FastifyRequest): { personId?: string; caller?: string } {
  if (!principal) return {};
  return principal.kind === 'person' ? { personId: principal.personId } : { caller: principal.service };
}
