import { sql } from 'kysely';
import type { Database } from './database';

/** True, or that there is no answer; for the readiness of a replica. Never throws. */
export async function ping(database: Database): Promise<true | string> {
  try {
    await sql`select 1`.execute(database.query());
    return true;
  } catch {
    return 'no answer';
  }
}
