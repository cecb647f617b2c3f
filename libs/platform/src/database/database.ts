import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import { backoffMs, pause } from '../kernel/backoff';
import { isError } from '../kernel/is-error';
import { openHooks, runHooks } from './after-commit';
import { openPool, type PoolOptions } from './pool';

type NoTables = Record<never, never>;

/** An open transaction. Repositories take it explicitly and type it by `tablesOf<Tables>(tx)`. */
export type Tx = Transaction<NoTables>;

/** The transaction with the tables of a slice. */
export function tablesOf<Tables>(tx: Tx): Transaction<Tables> {
  return tx as unknown as Transaction<Tables>;
}

const RETRIED = new Set(['40001', '40P01']); // serialization failure, deadlock
const ATTEMPTS = 5;

export interface PoolCounts {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
  readonly size: number;
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
}

/** The service's own database. */
export class Database {
  private readonly pool: Pool;
  private readonly kysely: Kysely<NoTables>;
  private retried = 0;
  private waitingSince: number | undefined;

  constructor(private readonly options: PoolOptions) {
    this.pool = openPool(options);
    this.kysely = new Kysely<NoTables>({
      dialect: new PostgresDialect({ pool: this.pool }),
    });
  }

  /** Queries outside any transaction, typed by the slice's tables. */
  query<Tables>(): Kysely<Tables> {
    return this.kysely as unknown as Kysely<Tables>;
  }

  /**
   * Runs `work` in one transaction, again (at most four times more) after a serialization failure or a deadlock:
   * nothing but the transaction may be changed by it. What `afterCommit` registered runs when it has committed.
   */
  async transaction<R>(work: (tx: Tx) => Promise<R>, options: TransactionOptions = {}): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        if (attempt >= ATTEMPTS || !RETRIED.has(sqlStateOf(error) ?? '')) throw error;
        this.retried += 1;
        await pause(backoffMs(attempt, 20, 500));
      }
    }
  }

  /** Transactions repeated since the start. */
  get transactionRetries(): number {
    return this.retried;
  }

  get poolCounts(): PoolCounts {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting, size: this.options.size ?? 10 };
  }

  /** For how long somebody has been waiting for a connection without a pause, milliseconds as seen by who asks; 0 if nobody is. */
  get waitingMs(): number {
    this.waitingSince = this.pool.waitingCount === 0 ? undefined : (this.waitingSince ?? performance.now());
    return this.waitingSince === undefined ? 0 : performance.now() - this.waitingSince;
  }

  /** Waits for the queries in flight. */
  async close(): Promise<void> {
    await this.kysely.destroy();
  }

  private async attempt<R>(work: (tx: Tx) => Promise<R>, options: TransactionOptions): Promise<R> {
    let builder = this.kysely.transaction();
    if (options.isolation) builder = builder.setIsolationLevel(options.isolation);
    if (options.readOnly) builder = builder.setAccessMode('read only');
    let opened: Tx | undefined;
    const result = await builder.execute((tx) => {
      opened = tx;
      openHooks(tx);
      return work(tx);
    });
    if (opened) runHooks(opened);
    return result;
  }
}

/** The SQLSTATE of an error of PostgreSQL, through its causes. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let at = error; isError(at); at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return undefined;
}
