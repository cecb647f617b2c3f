import type { Epoch } from '@muster/contracts/kernel/event';
import type { Revocation } from '@muster/contracts/kernel/internal';
import type { Instant } from '@muster/contracts/kernel/time';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import type { RevocationsTable, RevocationTables } from './revocation.schema';

export interface RevocationHead {
  readonly epoch: Epoch;
  readonly head: number;
  /** The lowest stored number; one beyond the head when none is stored. */
  readonly firstKept: number;
}

@Injectable()
export class RevocationsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the next number under the head's row lock, which is held until the commit: the numbers have no holes and
   * follow the order of commits.
   */
  async insertRevocation(tx: Tx, revocation: Omit<RevocationsTable, 'sequence'>): Promise<void> {
    const { head } = await tablesOf<RevocationTables>(tx)
      .updateTable('revocation_head')
      .set({ head: sql`head + 1` })
      .returning('head')
      .executeTakeFirstOrThrow();
    await tablesOf<RevocationTables>(tx).insertInto('revocations').values({ ...revocation, sequence: head }).execute();
  }

  /** A new numbering for a restored database, whose readers have heard numbers that it does not know. */
  async renewEpoch(): Promise<void> {
    await this.database.query<RevocationTables>().updateTable('revocation_head').set({ epoch: sql`gen_random_uuid()` }).execute();
  }

  async findHead(): Promise<RevocationHead> {
    return this.database
      .query<RevocationTables>()
      .selectFrom('revocation_head')
      .select(['epoch', 'head'])
      .select(sql<number>`coalesce((select min(sequence) from revocations), head + 1)`.as('firstKept'))
      .executeTakeFirstOrThrow();
  }

  async listRevocationsBetween(after: number, upTo: number): Promise<Revocation[]> {
    const rows = await this.database
      .query<RevocationTables>()
      .selectFrom('revocations')
      .selectAll()
      .where('sequence', '>', after)
      .where('sequence', '<=', upTo)
      .orderBy('sequence')
      .execute();
    return rows.map(view);
  }

  async listRevocationsSince(moment: Date, upTo: number): Promise<Revocation[]> {
    const rows = await this.database
      .query<RevocationTables>()
      .selectFrom('revocations')
      .selectAll()
      .where('issued_before', '>=', moment)
      .where('sequence', '<=', upTo)
      .orderBy('sequence')
      .execute();
    return rows.map(view);
  }

  async deleteRevocationsBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'revocations', sql`issued_before < ${before}`);
  }
}

function view(row: Selectable<RevocationsTable>): Revocation {
  return {
    sequence: row.sequence,
    personId: row.person_id,
    sessionId: row.session_id,
    issuedBefore: row.issued_before.toISOString() as Instant,
  };
}
