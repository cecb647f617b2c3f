import { Logger, Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../clock/clock';
import { readEnv, type Environment, type ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { releaseOf } from '../config/release';
import { Database } from '../database/database';
import { migrate } from '../database/migrate';
import { HealthModule } from '../health/health.module';
import { Readiness } from '../health/readiness';
import { MusterAdapter } from '../http/adapter';
import { allowedOrigins } from '../http/origins';
import { ServedRoutes } from '../http/served-routes';
import { createLogger, type RootLogger } from '../logging/logger';
import { printNestLogs } from '../logging/nest-logger';
import { serviceData, startServiceData } from '../messaging/service-data';
import { Metrics } from '../metrics/metrics';
import { MetricsModule } from '../metrics/metrics.module';
import { serveDocuments } from '../openapi/serve-documents';
import { loadMonitor } from '../resilience/load-monitor';
import { OutboundClient } from '../resilience/outbound-client';
import { startTracing } from '../tracing/recorder';
import { asService } from '../tracing/scope';
import type { Drivers } from './drivers';
import { closeOwnDrivers, driversFromEnv } from './drivers-from-env';
import { installHooks } from './install-hooks';
import { PlatformModule } from './platform.module';
import { RunningService } from './running-service';
import type { Service } from './service';
import { Shutdown } from './shutdown';

export interface CreateOptions {
  /** The process's environment without it. */
  readonly env?: Environment;
  /** Drivers that are not to come from the environment; whoever gives one closes it. */
  readonly drivers?: Partial<Drivers>;
  readonly clock?: Clock;
  readonly logger?: RootLogger;
  /** No other process serves this database, so that whatever a killed one held is free at the start. */
  readonly alone?: boolean;
}

@Module({})
class Root {}

/**
 * Starts a service on its database and drivers. It has no sockets: {@link Service} says how requests reach it.
 *
 * @throws ConfigFault when the environment is not what `config` asks for
 */
export function createService(module: Type | DynamicModule, config: ServiceConfig, options: CreateOptions = {}): Promise<Service> {
  return asService(config.service, () => start(module, config, options));
}

async function start(module: Type | DynamicModule, config: ServiceConfig, options: CreateOptions): Promise<Service> {
  const env: PlatformEnv = readEnv(config, options.env);
  const release = releaseOf(env);
  const logger = options.logger ?? createLogger({ service: config.service, level: env.LOG_LEVEL, release });
  printNestLogs(logger);
  startTracing({ ratio: env.TRACE_SAMPLE_RATIO, endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, environment: env.NODE_ENV });
  if (env.MIGRATE_AT_START && env.DATABASE_MIGRATOR_URL !== undefined) await migrate(config, env.DATABASE_MIGRATOR_URL);

  const shutdown = new Shutdown();
  const metrics = new Metrics(config.service);
  metrics.gauge('buildInfo').set({ version: release.version, commit: release.commit }, 1);
  const outbound = new OutboundClient(metrics);
  const database = openDatabase(config, env);
  const drivers = await driversFromEnv(config, env, metrics, options.drivers);
  const routes = new ServedRoutes();
  shutdown.whenClosing('pool watch', loadMonitor().watchQueue(`${config.service} database`, () => database.waitingMs));
  shutdown.whenClosing('metrics', () => metrics.close());
  shutdown.whenClosing('database', () => database.close());
  shutdown.whenClosing('outbound calls', () => outbound.close());
  closeOwnDrivers(shutdown, drivers, options.drivers ?? {});

  const adapter = MusterAdapter.make({ trustProxy: env.TRUST_PROXY, logger });
  await installHooks(adapter, { config, env, logger, metrics, routes, shutdown });
  const clock = options.clock ?? new Clock();
  const root: DynamicModule = {
    module: Root,
    imports: [
      MetricsModule.forService(metrics),
      PlatformModule.forService({ config, env, drivers, database, outbound, clock, routes, shutdown }),
      serviceData(metrics, config),
      HealthModule.forService({ service: config.service, release }),
      module,
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, abortOnError: false });
  if (env.CORS_ORIGINS.length > 0) app.enableCors({ origin: [...allowedOrigins(env)], credentials: true, maxAge: 600 });
  serveDocuments(adapter.fastify, { service: config.service, routes, publicOrigin: env.PUBLIC_ORIGIN });
  await app.init();
  await adapter.fastify.ready();
  await startServiceData(app, metrics, shutdown, { alone: options.alone ?? false });
  new Logger('Service').log('started');
  const onLate = (route: string) => metrics.counter('lateRequests').inc({ route });
  return new RunningService(config.service, app, { adapter, readiness: app.get(Readiness), shutdown, requestMs: env.REQUEST_SECONDS * 1000, onLate });
}

function openDatabase(config: ServiceConfig, env: PlatformEnv): Database {
  const logger = new Logger(Database.name);
  return new Database({
    url: env.DATABASE_URL,
    applicationName: `muster-${config.service}`,
    size: env.DATABASE_POOL_SIZE,
    onIdleError: (error) => logger.warn({ err: error }, 'a connection that nobody used was lost'),
  });
}
