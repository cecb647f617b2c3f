import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import type { ServiceConfig } from '../config/define-config';
import { Database } from '../database/database';
import type { Metrics } from '../metrics/metrics';
import type { Fanout } from '../realtime/fanout';
import type { Shutdown } from '../service/shutdown';
import type { StartOptions } from './background-work';
import { Consumers } from './consumers';
import { exportDataGauges } from './data-gauges';
import { DataLifecycle } from './data-lifecycle';
import { DataStatus } from './data-status';
import { DataModule } from './data.module';
import { MetricsObserver } from './metrics-observer';
import { FANOUT } from './tokens';

/** The {@link DataModule} of a running service, counted and logged. */
export function serviceData(metrics: Metrics, { publishes }: Pick<ServiceConfig, 'publishes'>): DynamicModule {
  return DataModule.forService({ observer: { useValue: new MetricsObserver(metrics, publishes.map(({ type }) => type)) } });
}

/**
 * Starts the events and timers of an initialised service and has them stopped in the shutdown's order. Register the
 * pool and the brokers with `shutdown` before: what is registered last is closed first.
 */
export async function startServiceData(app: INestApplicationContext, metrics: Metrics, shutdown: Shutdown, options: StartOptions): Promise<void> {
  const lifecycle = app.get(DataLifecycle, { strict: false });
  shutdown.whenDraining('events and timers', () => lifecycle.stopPulling());
  shutdown.whenClosing('events and timers', () => lifecycle.close());
  app.get<Fanout>(FANOUT, { strict: false }).onLost(() => metrics.counter('fanoutLost').inc());
  exportDataGauges(metrics, app.get(DataStatus, { strict: false }), app.get(Consumers, { strict: false }), app.get(Database, { strict: false }));
  await lifecycle.start(options);
}
