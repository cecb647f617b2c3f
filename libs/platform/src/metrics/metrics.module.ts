import { Controller, Get, Header, Module, type DynamicModule } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { register } from 'prom-client';
import { Metrics, metricsContentType, metricsText } from './metrics';

/** Served by the operations listener alone; the module below gives it its path. */
@Controller()
export class MetricsController {
  @Get()
  @Header('content-type', metricsContentType)
  read(): Promise<string> {
    return metricsText();
  }
}

/** Gives the service its {@link Metrics} and `/metrics`. The runtime's own metrics are registered once per process. */
@Module({})
export class MetricsModule {
  static forService(metrics: Metrics): DynamicModule {
    const first = register.getSingleMetric('process_cpu_seconds_total') === undefined;
    return {
      module: MetricsModule,
      global: true,
      imports: [PrometheusModule.register({ controller: MetricsController, defaultMetrics: { enabled: first } })],
      providers: [{ provide: Metrics, useValue: metrics }],
      exports: [Metrics],
    };
  }
}
