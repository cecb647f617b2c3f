import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller';
import { Readiness } from './readiness';
import { SERVICE_FACTS, type ServiceFacts } from './service-facts';

/** Probes for one service, and Terminus for whoever of it has a health indicator. */
@Module({})
export class HealthModule {
  static forService(facts: ServiceFacts): DynamicModule {
    return {
      module: HealthModule,
      global: true,
      // Probes come each second: a failing one is seen in its answer and in the metrics, not in a log line each.
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        { provide: SERVICE_FACTS, useValue: facts },
        Readiness,
      ],
      exports: [Readiness, TerminusModule],
    };
  }
}
