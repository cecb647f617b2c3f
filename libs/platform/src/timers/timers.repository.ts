import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';

export interface TimerRow {
  readonly kind: string;
  readonly key: string;
  readonly at: Date;
  readonly payload: unknown;
  readonly traceparent: string | null;
  readonly attempts: number;
}

@Injectable()
export class TimersRepository {
  constructor(private readonly database: Database) {}

  async putTimer(tx: Tx, timer: Omit<TimerRow, 'attempts'>): Promise<void> {
    await sql`
      insert into timers (kind, key, due_at, payload, traceparent)
      values (${timer.kind}, ${timer.key}, ${timer.at}, ${JSON.stringify(timer.payload ?? null)}::jsonb, ${timer.traceparent})
      on conflict (kind, key) do update set due_at = excluded.due_at, payload = excluded.payload,
        traceparent = excluded.traceparent, attempts = 0, last_error = null`.execute(tx);
  }

  async deleteTimer(tx: Tx, kind: string, key: string): Promise<boolean> {
    const { numAffectedRows } = await sql`delete from timers where kind = ${kind} and key = ${key}`.execute(tx);
    return numAffectedRows === 1n;
  }

  /** Takes the timer that is due the longest and that nobody else holds. */
  async takeDueTimers(tx: Tx, kinds: readonly string[], now: Date): Promise<TimerRow | undefined> {
    const { rows } = await sql<TimerRow>`
      delete from timers where (kind, key) = (
        select kind, key from timers where due_at <= ${now} and kind = any(${kinds}::text[])
        order by due_at limit 1 for update skip locked
      )
      returning kind, key, due_at as at, payload, traceparent, attempts`.execute(tx);
    return rows[0];
  }

  /** After a failure; unless it was scheduled anew meanwhile. */
  async postponeTimer(timer: TimerRow, until: Date, error: string): Promise<void> {
    await sql`
      update timers set due_at = ${until}, attempts = attempts + 1, last_error = ${error}
      where kind = ${timer.kind} and key = ${timer.key} and due_at = ${timer.at}`.execute(this.database.query());
  }

  /** When the oldest timer was due, if any is. */
  async findOldestDue(now: Date): Promise<Date | undefined> {
    const { rows } = await sql<{ at: Date | null }>`select min(due_at) as at from timers where due_at <= ${now}`.execute(
      this.database.query(),
    );
    return rows[0]?.at ?? undefined;
  }
}
