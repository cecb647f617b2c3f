import { sql } from 'kysely';
import type { Database, Tx } from '../database/database';

export interface EffectCount {
  readonly used: number;
  readonly liftsAt: Date;
}

/** Stores how much each account has written for each limit, and when its current window ends. */
export class LimitCountsRepository {
  /**
   * Adds one to the count, in a new window where the last one is over. The row stays locked to the end of the
   * transaction, so that of two that come at once the second sees the first.
   */
  async incrementCount(tx: Tx, personId: string, limit: string, now: Date, liftsAt: Date): Promise<EffectCount> {
    const { rows } = await sql<{ used: number; lifts_at: Date }>`
      insert into limit_counts as kept (person_id, limit_name, used, lifts_at)
      values (${personId}, ${limit}, 1, ${liftsAt})
      on conflict (person_id, limit_name) do update set
        used = case when kept.lifts_at <= ${now} then 1 else kept.used + 1 end,
        lifts_at = case when kept.lifts_at <= ${now} then excluded.lifts_at else kept.lifts_at end
      returning used, lifts_at`.execute(tx);
    const [row] = rows;
    if (!row) throw new Error('an upsert returned no row');
    return { used: row.used, liftsAt: row.lifts_at };
  }

  /** Holds the account's row of the limit until the transaction ends; it is what two writers that count agree by. */
  async lockCount(tx: Tx, personId: string, limit: string, liftsAt: Date): Promise<void> {
    await sql`
      insert into limit_counts as kept (person_id, limit_name, used, lifts_at)
      values (${personId}, ${limit}, 0, ${liftsAt})
      on conflict (person_id, limit_name) do update set lifts_at = excluded.lifts_at`.execute(tx);
  }

  async pruneCounts(database: Database, now: Date, limit: number): Promise<number> {
    const { numAffectedRows } = await sql`
      delete from limit_counts where ctid = any(array(
        select ctid from limit_counts where lifts_at <= ${now} order by lifts_at limit ${limit} for update skip locked
      ))`.execute(database.query());
    return Number(numAffectedRows ?? 0);
  }
}
