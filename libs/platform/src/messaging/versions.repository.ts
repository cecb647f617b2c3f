import { Injectable } from '@nestjs/common';
import { tablesOf, type Tx } from '../database/database';
import type { PlatformTables } from '../database/platform-tables/tables';

@Injectable()
export class VersionsRepository {
  /** Versions of those aggregates that ever published something. */
  async versionsOf(tx: Tx, aggregate: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await tablesOf<PlatformTables>(tx)
      .selectFrom('aggregate_versions')
      .select(['aggregate_id', 'version'])
      .where('aggregate_type', '=', aggregate)
      .where('aggregate_id', 'in', [...ids])
      .execute();
    return new Map(rows.map((row) => [row.aggregate_id, row.version]));
  }
}
