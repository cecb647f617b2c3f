import { Client, Pool, types, type PoolClient } from 'pg';
import { surviving } from '../kernel/surviving';

export interface PoolOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Most connections; 10. */
  readonly size?: number;
  /** Milliseconds; 5000. Zero is none: for migrations only. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds; 2000. */
  readonly lockTimeoutMs?: number;
  /** Called when an idle connection is lost; without a listener the process would end. */
  readonly onIdleError: (error: Error) => void;
}

const INT8 = 20;
const DATE = 1082;

/** bigint as a number (sequences and counts stay below 2^53), date as `YYYY-MM-DD`; the rest as pg does it. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return Number;
  if (oid === DATE) return (value) => value;
  return types.getTypeParser(oid, format as 'text');
}

/** What the network may take beyond the server's own limit of a statement, milliseconds. */
const NETWORK_MS = 1000;

/**
 * Gives its connection up when a statement gets neither an answer nor the server's own timeout: the other end is gone
 * without a word, and the system would go on sending into nothing for a quarter of an hour.
 */
class ForsakingClient extends Client {
  override query(...statement: never[]): never {
    const answer: unknown = super.query(...(statement as [never]));
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        if (error.message === 'Query read timeout') void this.end().catch(() => undefined);
      });
    }
    return answer as never;
  }
}

export function openPool(options: PoolOptions): Pool {
  const statementMs = options.statementTimeoutMs ?? 5000;
  const pool = new Pool({
    connectionString: options.url,
    max: options.size ?? 10,
    application_name: options.applicationName,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    Client: ForsakingClient,
    statement_timeout: statementMs,
    query_timeout: statementMs === 0 ? 0 : statementMs + NETWORK_MS,
    lock_timeout: options.lockTimeoutMs ?? 2000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser: parserOf as typeof types.getTypeParser },
  });
  pool.on('error', surviving('lost idle connection', (error: Error) => options.onIdleError(error)));
  // A checked-out client that loses its connection emits `error` besides rejecting its query, which tells the caller.
  pool.on('connect', surviving('new connection', (client: PoolClient) => client.on('error', () => undefined)));
  return pool;
}
