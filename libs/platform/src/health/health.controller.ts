import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness';
import { SERVICE_FACTS, type ServiceFacts } from './service-facts';

interface Live {
  status: 'ok';
}

export interface HealthSummary {
  service: string;
  version: string;
  commit: string;
  status: 'ok' | 'unready';
  uptimeSeconds: number;
  checks: Record<string, 'ok' | string>;
}

/** Probes of the operations listener; of these only `/health` is reachable from outside too. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    @Inject(SERVICE_FACTS) private readonly facts: ServiceFacts,
  ) {}

  /** The process answers; nothing else is asked, or a stumbling database would have every pod restarted. */
  @Get('/health/live')
  @Header('cache-control', 'no-store')
  live(): Live {
    return { status: 'ok' };
  }

  /** The process listens, for the probe that waits for a start; whatever it waits for before listening is over. */
  @Get('/health/started')
  @Header('cache-control', 'no-store')
  started(): Live {
    return { status: 'ok' };
  }

  @Get(['/health/ready', '/ready'])
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    const result = await this.readiness.report();
    if (result.status !== 'ok') reply.status(503);
    return result;
  }

  @Get('/health')
  @Header('cache-control', 'no-store')
  async summary(): Promise<HealthSummary> {
    const outcomes = await this.readiness.outcomes();
    const unready = [...outcomes.values()].some((outcome) => outcome !== true);
    return {
      service: this.facts.service,
      version: this.facts.release.version,
      commit: this.facts.release.commit,
      status: unready ? 'unready' : 'ok',
      uptimeSeconds: Math.floor(process.uptime()),
      checks: Object.fromEntries([...outcomes].map(([name, outcome]) => [name, outcome === true ? 'ok' : outcome])),
    };
  }
}
