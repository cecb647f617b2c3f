import { Logger } from '@nestjs/common';
import type { ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import type { MusterAdapter } from '../http/adapter';
import type { MismatchListener } from '../http/answers';
import { installGuardRails } from '../http/guard-rails';
import type { ServedRoutes } from '../http/served-routes';
import { installRequestLog } from '../logging/install-request-log';
import type { RootLogger } from '../logging/logger';
import { installRequestMetrics } from '../metrics/install-request-metrics';
import type { Metrics } from '../metrics/metrics';
import { exportLoadGauges } from '../resilience/load-gauges';
import { installLoadShedding } from '../resilience/load-shedding';
import { installFloodLimit } from '../throttle/install-flood-limit';
import { installRequestScope } from '../tracing/install-request-scope';
import type { Shutdown } from './shutdown';

interface Parts {
  readonly config: ServiceConfig;
  readonly env: PlatformEnv;
  readonly logger: RootLogger;
  readonly metrics: Metrics;
  readonly routes: ServedRoutes;
  readonly shutdown: Shutdown;
}

/** Share of answers that are checked in full against the contract: all but in production, where it costs. */
const PRODUCTION_SAMPLE = 0.01;

/**
 * Every hook of a request in its order: the scope first, for all others speak in it; shedding before any work. These
 * are what has to come before Nest and before a body is read; all else is in Nest's own pipeline (ADR 9).
 */
export async function installHooks({ fastify }: MusterAdapter, parts: Parts): Promise<void> {
  const { config, env, logger, metrics, routes, shutdown } = parts;
  installRequestScope(fastify, {
    service: config.service,
    maxRequestMs: env.REQUEST_SECONDS * 1000,
  });
  installRequestLog(fastify, { logger, sample: env.LOG_SAMPLE });
  installRequestMetrics(fastify, metrics);
  await installGuardRails(fastify, {
    routes,
    answerSample: env.NODE_ENV === 'production' ? PRODUCTION_SAMPLE : 1,
    mismatch: mismatchListener(env, metrics),
    draining: () => shutdown.isDraining,
  });
  exportLoadGauges(metrics);
  if (env.SHED_LOAD) installLoadShedding(fastify, { metrics });
  installFloodLimit(fastify, { limits: env.RATE_LIMITS, metrics });
}

/** In tests an answer that breaks its contract is a failure; anywhere else the client gets it, and we hear of it. */
function mismatchListener(env: PlatformEnv, metrics: Metrics): MismatchListener {
  const logger = new Logger('Answers');
  const failures = metrics.counter('answerValidationFailures');
  return (route, error) => {
    const faults = error.issues.slice(0, 10).map(({ path, message }) => `/${path.map(String).join('/')} ${message}`);
    if (env.NODE_ENV === 'test') throw new Error(`the answer of ${route.id} breaks its contract: ${faults.join('; ')}`);
    failures.inc({ route: route.id });
    logger.error({ route: route.id, faults }, 'an answer breaks its contract');
  };
}
