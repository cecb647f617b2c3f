import { sql } from 'kysely';
import { tablesOf, type Database, type Tx } from './database';
import type { PlatformTables } from './platform-tables/tables';

export interface KeyOf {
  readonly personId: string;
  readonly routeId: string;
  readonly key: string;
}

export class IdempotencyKeysRepository {
  /** False when the key holds an answer from after `expired`. Waits while another transaction has it. */
  async claimKey(tx: Tx, { personId, routeId, key }: KeyOf, fingerprint: string, now: Date, expired: Date): Promise<boolean> {
    const claimed = await sql`
      insert into idempotency_keys (person_id, route_id, key, fingerprint, created_at)
      values (${personId}, ${routeId}, ${key}, ${fingerprint}, ${now})
      on conflict (person_id, route_id, key)
        do update set fingerprint = excluded.fingerprint, answer = null, created_at = excluded.created_at
        where idempotency_keys.created_at <= ${expired}
      returning 1`.execute(tx);
    return claimed.rows.length === 1;
  }

  async storeAnswer(tx: Tx, { personId, routeId, key }: KeyOf, answer: unknown): Promise<void> {
    await tablesOf<PlatformTables>(tx)
      .updateTable('idempotency_keys')
      .set({ answer: JSON.stringify({ answer }) })
      .where('person_id', '=', personId)
      .where('route_id', '=', routeId)
      .where('key', '=', key)
      .execute();
  }

  async findAnswer(tx: Tx, { personId, routeId, key }: KeyOf): Promise<{ fingerprint: string; answer: unknown }> {
    const row = await tablesOf<PlatformTables>(tx)
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'answer'])
      .where('person_id', '=', personId)
      .where('route_id', '=', routeId)
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return { fingerprint: row.fingerprint, answer: (row.answer as { answer?: unknown }).answer };
  }

  async pruneKeys(database: Database, expired: Date, limit: number): Promise<number> {
    const { numAffectedRows } = await sql`
      delete from idempotency_keys where ctid = any(array(
        select ctid from idempotency_keys where created_at <= ${expired} order by created_at limit ${limit}
      ))`.execute(database.query());
    return Number(numAffectedRows ?? 0);
  }
}
