import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult, type HealthIndicatorResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness';
import { SERVICE_FACTS, type ServiceFacts } from './service-facts';

interface Live {
  status: 'ok';
}

export interface HealthSummary {
  service: string;
  version: string;
  status: 'ok' | 'unready';
  uptimeSeconds: number;
  checks: Record<string, 'ok' | string>;
}

/** Probes of the operations listener; of these only `/health` is reachable from outside too. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
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
    const outcomes = await this.readiness.outcomes();
    const result = await this.check(outcomes);
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
      version: this.facts.version,
      status: unready ? 'unready' : 'ok',
      uptimeSeconds: Math.floor(process.uptime()),
      checks: Object.fromEntries([...outcomes].map(([name, outcome]) => [name, outcome === true ? 'ok' : outcome])),
    };
  }

  private async check(outcomes: ReadonlyMap<string, string | true>): Promise<HealthCheckResult> {
    const checks = [...outcomes].map(([name, outcome]) => (): HealthIndicatorResult => {
      const indicator = this.indicators.check(name);
      return outcome === true ? indicator.up() : indicator.down({ reason: outcome });
    });
    try {
      return await this.health.check(checks);
    } catch (error) {
      // Terminus throws the result of a failed check as a ServiceUnavailableException.
      if (hasResponse(error)) return error.getResponse();
      throw error;
    }
  }
}

function hasResponse(error: unknown): error is { getResponse(): HealthCheckResult } {
  return error instanceof Error && 'getResponse' in error;
}
