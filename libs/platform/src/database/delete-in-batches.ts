import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database';

const BATCH = 1000;

/**
 * Deletes rows that nobody needs any more, a thousand in a transaction: locks are held for moments, and a sweep that
 * is interrupted has done what it did. Rows that somebody works on are left for the next time. The condition needs an
 * index, as each batch looks anew.
 *
 * @returns how many were deleted
 */
export async function deleteInBatches(database: Database, table: string, condition: RawBuilder<unknown>): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)} where ${condition} limit ${sql.lit(BATCH)} for update skip locked
      ))`.execute(database.query());
    const deleted = Number(numAffectedRows ?? 0);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
