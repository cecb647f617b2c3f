import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database';

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

  /** Whether the rebuild is still wanted, and whether somebody works on it. */
  async findRebuild(consumer: string): Promise<{ claimed: boolean } | undefined> {
    const { rows } = await sql<{ claimed: boolean }>`
      select lease_until >= now() as claimed from rebuilds where consumer = ${consumer}`.execute(this.database.query());
    return rows[0];
  }

  /** Withdraws what was asked for, unless somebody works on it. */
  async withdrawRebuild(consumer: string): Promise<void> {
    await sql`delete from rebuilds where consumer = ${consumer} and lease_until < now()`.execute(this.database.query());
  }

  /** Every consumer that has ever read here. */
  async listConsumers(): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`select distinct name from consumers order by name`.execute(this.database.query());
    return rows.map(({ name }) => name);
  }
}
