import type { ServiceName } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { AppError } from '../errors/app-error';
import type { SnapshotPage } from './event-source';
import { OutboxRepository } from './outbox.repository';
import type { SnapshotSource } from './snapshot-of';
import { SERVICE_NAME } from './tokens';
import { VersionsRepository } from './versions.repository';

/** The present state of this service's aggregates, for readers that rebuild. */
@Injectable()
export class Snapshots {
  private readonly sources = new Map<string, SnapshotSource>();

  constructor(
    @Inject(SERVICE_NAME) private readonly service: ServiceName,
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly versions: VersionsRepository,
  ) {}

  /** @throws Error when two sources are of one aggregate */
  registerSource(aggregate: string, source: SnapshotSource): void {
    if (this.sources.has(aggregate)) throw new Error(`two snapshots of ${aggregate}`);
    this.sources.set(aggregate, source);
  }

  /**
   * The head is read before the rows: a reader that goes on behind the head of the first page misses nothing.
   *
   * @throws AppError platformErrors.notFound for an aggregate without snapshots
   */
  async readSnapshotPage(aggregate: string, after: string | undefined, limit: number): Promise<SnapshotPage> {
    const source = this.sources.get(aggregate);
    if (!source) throw new AppError(platformErrors.notFound);
    const { epoch, head } = await this.outbox.findNumbering();
    return this.database.transaction(
      async (tx) => {
        const states = await source.readSnapshotPage(after, limit, tx);
        const ids = states.map((state) => state.aggregateId);
        const versions = await this.versions.versionsOf(tx, aggregate, ids);
        return {
          head: { producer: this.service, epoch, sequence: head },
          rows: states
            .filter((state) => state.facts.length > 0)
            .map((state) => ({ ...state, aggregateVersion: versions.get(state.aggregateId) ?? 1 })),
          next: states.length < limit ? null : (ids.at(-1) ?? null),
        };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
  }
}
