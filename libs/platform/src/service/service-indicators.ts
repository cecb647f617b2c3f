import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Revocations } from '../auth/revocations';
import { SERVICE, type ServiceConfig } from '../config/define-config';
import { Database } from '../database/database';
import { schemaIsCurrent } from '../database/migrate';
import { ping } from '../database/ping';
import { Readiness } from '../health/readiness';
import { tolerant } from '../health/tolerant';

/** A blip of the database is every replica's: it takes none out for twenty seconds, and its routes answer 503 meanwhile. */
const DATABASE_TOLERANCE_MS = 20_000;

/** The health indicators that every service has: its schema, what it knows of sign-ins, its database. */
@Injectable()
export class ServiceIndicators implements OnModuleInit {
  private schemaKnown = false;
  private schemaCurrent = false;

  constructor(
    private readonly readiness: Readiness,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly revocations: Revocations,
    @Inject(SERVICE) private readonly config: ServiceConfig,
  ) {}

  onModuleInit(): void {
    const { up } = this.outcomesOf('database');
    this.readiness.registerIndicator('schema', () => this.schema());
    this.readiness.registerIndicator('sign-in', () => this.signIn());
    this.readiness.registerIndicator('database', tolerant(() => this.databaseAnswers(), up, DATABASE_TOLERANCE_MS));
  }

  private async schema(): Promise<HealthIndicatorResult> {
    const { up, down } = this.outcomesOf('schema');
    if (this.schemaCurrent) return up;
    try {
      this.schemaCurrent = await schemaIsCurrent(this.database, this.config.migrations);
      this.schemaKnown = true;
    } catch (error) {
      // If the schema was never read, the service is not ready. If it was read before, the database's own indicator
      // reports the error.
      if (!this.schemaKnown) throw error;
    }
    return this.schemaCurrent ? up : down('the schema is older than this build');
  }

  private signIn(): HealthIndicatorResult {
    const { up, down } = this.outcomesOf('sign-in');
    return this.revocations.ready ? up : down('revocations are not known yet');
  }

  private async databaseAnswers(): Promise<HealthIndicatorResult> {
    const { up, down } = this.outcomesOf('database');
    const answer = await ping(this.database);
    return answer === true ? up : down(answer);
  }

  private outcomesOf(name: string): { up: HealthIndicatorResult; down: (reason: string) => HealthIndicatorResult } {
    const indicator = this.indicators.check(name);
    return { up: indicator.up(), down: (reason) => indicator.down({ reason }) };
  }
}
