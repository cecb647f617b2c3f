import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult, type HealthIndicatorFunction, type HealthIndicatorResult } from '@nestjs/terminus';
import { TimeIsUp, withinTime } from '../kernel/time-limit';

/** True, or why not in a few words. */
export type CheckOutcome = true | string;

/** An indicator that hangs must not hang the probe; milliseconds. */
const CHECK_TIMEOUT_MS = 1_000;
const DRAIN = 'drain';

/**
 * What this replica needs to be sent requests: Terminus's health indicators, registered by whoever has one. Only the
 * replica's own reasons belong here (schema, index, drain): a shared part that stumbles would take all replicas out at
 * once. What an indicator says is shown by the probes, so that it never holds an address or a secret.
 */
@Injectable()
export class Readiness {
  private readonly registered = new Map<string, HealthIndicatorFunction>();
  private draining = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Fails readiness as soon as `indicator` is down. @throws Error when the name is taken */
  registerIndicator(name: string, indicator: HealthIndicatorFunction): void {
    if (this.registered.has(name) || name === DRAIN) throw new Error(`readiness: ${name} is registered twice`);
    this.registered.set(name, indicator);
  }

  /** Makes the replica not ready from now on, whatever the indicators say; the first step of a shutdown. */
  drain(): void {
    this.draining = true;
  }

  /** Terminus's report on all indicators. */
  async report(): Promise<HealthCheckResult> {
    const drain = this.indicators.check(DRAIN);
    try {
      return await this.health.check([
        () => (this.draining ? drain.down({ reason: 'draining' }) : drain.up()),
        ...[...this.registered].map(([name, indicator]) => () => this.settled(name, indicator)),
      ]);
    } catch (error) {
      // Terminus throws its report when an indicator is down.
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }

  /** Every indicator's outcome by name. */
  async outcomes(): Promise<ReadonlyMap<string, CheckOutcome>> {
    const { details } = await this.report();
    return new Map(Object.entries(details).map(([name, { status, reason }]) => [name, status === 'up' ? true : String(reason ?? status)]));
  }

  private async settled(name: string, indicator: HealthIndicatorFunction): Promise<HealthIndicatorResult> {
    try {
      return await withinTime(CHECK_TIMEOUT_MS, name, (async () => indicator())());
    } catch (error) {
      // The text of another exception may name hosts and users; the code that threw it has logged it.
      return this.indicators.check(name).down({ reason: error instanceof TimeIsUp ? 'no answer in time' : 'failed' });
    }
  }
}
