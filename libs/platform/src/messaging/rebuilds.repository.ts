import type { Envelope } from '@muster/contracts/kernel/event';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';

/** Shadows live here under the names of their tables, so that a search path makes any query write to them. */
const SHADOW = 'rebuild';

@Injectable()
export class RebuildsRepository {
  constructor(private readonly database: Database) {}

  async requestRebuilds(consumers: readonly string[], reason: string): Promise<void> {
    await sql`
      insert into rebuilds (consumer, reason) select name, ${reason} from unnest(${consumers}::text[]) name
      on conflict (consumer) do update set wanted_at = clock_timestamp(), reason = excluded.reason
    `.execute(this.database.query());
  }

  /** The next wanted rebuild that nobody works on. */
  async claimRebuild(consumers: readonly string[], owner: string): Promise<{ consumer: string; wantedAt: string } | undefined> {
    const { rows } = await sql<{ consumer: string; wantedAt: string }>`
      update rebuilds set owner = ${owner}, lease_until = now() + interval '2 minutes'
      where consumer = (
        select consumer from rebuilds where lease_until < now() and consumer = any(${consumers}::text[])
        order by wanted_at limit 1 for update skip locked
      )
      returning consumer, wanted_at::text as "wantedAt"`.execute(this.database.query());
    return rows[0];
  }

  /** Voids every claim, whoever's it is. */
  async freeAllRebuilds(): Promise<void> {
    await sql`update rebuilds set owner = null, lease_until = '-infinity' where owner is not null`.execute(this.database.query());
  }

  async renewLease(consumer: string, owner: string): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update rebuilds set lease_until = now() + interval '2 minutes'
      where consumer = ${consumer} and owner = ${owner}`.execute(this.database.query());
    return numAffectedRows === 1n;
  }

  /** Unless it was wanted again meanwhile. */
  async finishRebuild(consumer: string, owner: string, wantedAt: string): Promise<void> {
    await sql`
      with done as (
        delete from rebuilds where consumer = ${consumer} and owner = ${owner} and wanted_at = ${wantedAt}::timestamptz
        returning consumer
      )
      update rebuilds set lease_until = '-infinity'
      where consumer = ${consumer} and owner = ${owner} and not exists (select from done)`.execute(this.database.query());
  }

  async makeShadowTables(tx: Tx, tables: readonly string[]): Promise<void> {
    await sql`create schema if not exists ${sql.id(SHADOW)}`.execute(tx);
    for (const table of tables) {
      await this.refuseReferenced(tx, table);
      await sql`drop table if exists ${sql.id(SHADOW, table)}`.execute(tx);
      await sql`create table ${sql.id(SHADOW, table)} (like ${sql.id('public', table)} including all)`.execute(tx);
      // The comments of the columns come with the copy, and the table's own does not: it says how long rows are kept.
      const { rows } = await sql<{ text: string | null }>`select obj_description(${`public.${table}`}::regclass, 'pg_class') as text`.execute(tx);
      await sql`comment on table ${sql.id(SHADOW, table)} is ${sql.lit(rows[0]?.text ?? null)}`.execute(tx);
    }
  }

  async writeToShadowTables(tx: Tx): Promise<void> {
    await sql`set local search_path = ${sql.id(SHADOW)}, public`.execute(tx);
  }

  /** Waits for whoever writes to the tables; later writers wait for this transaction and then find the new tables. */
  async lockTables(tx: Tx, tables: readonly string[]): Promise<void> {
    for (const table of tables) await sql`lock table ${sql.id('public', table)} in share row exclusive mode`.execute(tx);
  }

  /** Lists the events after `after` in the producer's current numbering that the consumer has applied. */
  async listDoneEvents(tx: Tx, consumer: string, producer: string, after: number, limit: number): Promise<readonly Envelope[]> {
    const { rows } = await sql<{ envelope: Envelope }>`
      select envelope from inbox
      where consumer = ${consumer} and producer = ${producer} and done_at is not null and sequence > ${after}
        and generation = (select max(generation) from received where received.producer = ${producer})
      order by sequence limit ${limit}`.execute(tx);
    return rows.map((row) => row.envelope);
  }

  async swapTables(tx: Tx, tables: readonly string[]): Promise<void> {
    await sql`set local search_path = public`.execute(tx);
    for (const table of tables) {
      const indexes = await this.indexPairs(tx, table);
      const keys = await sql<{ name: string; definition: string }>`
        select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = ${`public.${table}`}::regclass and contype = 'f'`.execute(tx);
      await sql`drop table ${sql.id('public', table)}`.execute(tx);
      await sql`alter table ${sql.id(SHADOW, table)} set schema public`.execute(tx);
      for (const { shadow, original } of indexes) {
        if (shadow !== original) await sql`alter index ${sql.id('public', shadow)} rename to ${sql.id(original)}`.execute(tx);
      }
      for (const { name, definition } of keys.rows) {
        await sql`alter table ${sql.id('public', table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(tx);
      }
    }
  }

  /** The copy's indexes have names of their own; constraints and errors are known by the original ones. */
  private async indexPairs(tx: Tx, table: string): Promise<ReadonlyArray<{ shadow: string; original: string }>> {
    const { rows } = await sql<{ shadow: string; original: string }>`
      with defined as (
        select schemaname, indexname, regexp_replace(indexdef, 'INDEX \\S+ ON (ONLY )?\\S+', '') as definition,
          row_number() over (partition by schemaname, regexp_replace(indexdef, 'INDEX \\S+ ON (ONLY )?\\S+', '') order by indexname) as nth
        from pg_indexes where tablename = ${table} and schemaname in ('public', ${SHADOW})
      )
      select s.indexname as shadow, o.indexname as original from defined s join defined o using (definition, nth)
      where s.schemaname = ${SHADOW} and o.schemaname = 'public'`.execute(tx);
    return rows;
  }

  private async refuseReferenced(tx: Tx, table: string): Promise<void> {
    const { rows } = await sql<{ other: string }>`
      select conrelid::regclass::text as other from pg_constraint
      where confrelid = ${`public.${table}`}::regclass and contype = 'f' and conrelid <> confrelid limit 1`.execute(tx);
    if (rows[0]) throw new Error(`${table} cannot be swapped: ${rows[0].other} refers to it`);
  }
}
