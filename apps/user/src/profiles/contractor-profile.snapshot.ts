import { contractorProfileChanged } from '@muster/contracts/user/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { ContractorProfilesRepository } from './contractor-profiles.repository';

@Injectable()
@SnapshotOf('contractor_profile')
export class ContractorProfileSnapshot implements SnapshotSource {
  constructor(private readonly profiles: ContractorProfilesRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const rows = await this.profiles.snapshotPage(tx, after, limit);
    return rows.map(({ personId, joinedAt }) => ({
      aggregateId: personId,
      facts: [fact(contractorProfileChanged, { joinedAt: joinedAt.toISOString() })],
    }));
  }
}
