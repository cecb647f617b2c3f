import { Database } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { NETWORK_WINDOW_SECONDS, type Bucket } from './guess.rules';

export type Reservation = { readonly allowed: true } | { readonly allowed: false; readonly waitSeconds: number };

/**
 * The counters live in PostgreSQL in every way of running: one statement decides and counts, so that parallel attempts
 * cannot pass together.
 */
@Injectable()
export class GuessesRepository {
  constructor(private readonly database: Database) {}

  async reserveGuess(bucket: Bucket, key: Buffer, now: Date): Promise<Reservation> {
    const { name, windowSeconds, waits } = bucket;
    const over = new Date(now.getTime() - windowSeconds * 1000);
    // Requests read the clock in one order and arrive here in another. So an attempt without a wait is stored as "no
    // moment" instead of as now.
    const waitOf = (attempt: RawBuilder<unknown>) => sql`
      ${now}::timestamptz + make_interval(secs => nullif((${waits}::int[])[least(${attempt}, ${waits.length}::int)], 0))`;
    const { rows } = await sql<{ attempts: number }>`
      insert into guess_buckets as kept (bucket, key, started_at, attempts, next_at)
      values (${name}, ${key}, ${now}, 1, coalesce(${waitOf(sql`1`)}, '-infinity'))
      on conflict (bucket, key) do update set
        started_at = case when kept.started_at <= ${over} then ${now} else kept.started_at end,
        attempts = case when kept.started_at <= ${over} then 1 else kept.attempts + 1 end,
        next_at = coalesce(${waitOf(sql`case when kept.started_at <= ${over} then 1 else kept.attempts + 1 end`)}, '-infinity')
      where kept.started_at <= ${over} or kept.next_at <= ${now}
      returning attempts`.execute(this.database.query());
    return rows.length === 1 ? { allowed: true } : { allowed: false, waitSeconds: await this.waitOf(name, key, now) };
  }

  /** Takes one counted attempt back, because it was right or was never verified. */
  async refundGuess(bucket: Bucket, key: Buffer): Promise<void> {
    await sql`
      update guess_buckets
      set attempts = greatest(attempts - 1, 0), next_at = '-infinity'
      where bucket = ${bucket.name} and key = ${key}`.execute(this.database.query());
  }

  /**
   * Records the account for the network and returns at how many distinct accounts the network has failed lately, this
   * one included.
   */
  async noteAccount(network: Buffer, login: Buffer, now: Date): Promise<number> {
    const since = new Date(now.getTime() - NETWORK_WINDOW_SECONDS * 1000);
    const { rows } = await sql<{ accounts: number }>`
      with noted as (
        insert into network_failures (network, login, at) values (${network}, ${login}, ${now})
        on conflict (network, login) do update set at = excluded.at
      )
      select 1 + count(*) as accounts from network_failures
      where network = ${network} and login <> ${login} and at > ${since}`.execute(this.database.query());
    return Number(rows[0]?.accounts ?? 1);
  }

  async forgetAccount(network: Buffer, login: Buffer): Promise<void> {
    await sql`delete from network_failures where network = ${network} and login = ${login}`.execute(this.database.query());
  }

  async deleteGuessesBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'guess_buckets', sql`started_at < ${before} and next_at < ${before}`);
    await deleteInBatches(this.database, 'network_failures', sql`at < ${before}`);
  }

  private async waitOf(name: string, key: Buffer, now: Date): Promise<number> {
    const { rows } = await sql<{ next_at: Date }>`
      select next_at from guess_buckets where bucket = ${name} and key = ${key}`.execute(this.database.query());
    const until = rows[0]?.next_at.getTime() ?? now.getTime();
    return Math.max(1, Math.ceil((until - now.getTime()) / 1000));
  }
}
