import { Controller, Get, Headers, Module, Res, type DynamicModule } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { Metrics, metricsContentType, metricsText, openMetricsContentType, openMetricsText } from './metrics';

/** Served by the operations listener alone; the module below gives it its path. Prometheus asks for OpenMetrics, and gets exemplars. */
@Controller()
export class MetricsController {
  @Get()
  async read(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const isOpen = accept?.includes('application/openmetrics-text') ?? false;
    void reply.header('content-type', isOpen ? openMetricsContentType : metricsContentType);
    return isOpen ? openMetricsText() : metricsText();
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
