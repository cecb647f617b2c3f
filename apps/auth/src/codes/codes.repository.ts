import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { TRIES_PER_CODE, type TriedCode } from './code.rules';
import type { CodesTable, CodeTables } from './code.schema';

@Injectable()
export class CodesRepository {
  constructor(private readonly database: Database) {}

  async insertCode(tx: Tx, code: Omit<CodesTable, 'tries' | 'used_at'>): Promise<void> {
    await tablesOf<CodeTables>(tx).insertInto('one_time_codes').values({ ...code, tries: 0, used_at: null }).execute();
  }

  /**
   * Counts a try against every live code that this browser asked for with the address, before any of them is compared,
   * and returns the codes that had a try left. `asked` is true if the browser ever asked for a code with the address,
   * live or not.
   */
  async countTry(purpose: string, emailKey: string, browser: Buffer, now: Date): Promise<{ asked: boolean; tried: TriedCode[] }> {
    const { rows } = await sql<{ code_id: string | null; mac: Buffer | null }>`
      with asked as (
        select 1 from one_time_codes where browser = ${browser} and purpose = ${purpose} and email_key = ${emailKey} limit 1
      ), live as (
        select code_id from one_time_codes
        where browser = ${browser} and purpose = ${purpose} and email_key = ${emailKey}
          and used_at is null and expires_at > ${now} and tries < ${TRIES_PER_CODE}
        order by code_id for update
      ), tried as (
        update one_time_codes set tries = tries + 1 where code_id in (select code_id from live)
        returning code_id, mac
      )
      select tried.code_id, tried.mac from asked left join tried on true`.execute(this.database.query());
    const tried = rows.flatMap(({ code_id: codeId, mac }) => (codeId !== null && mac !== null ? [{ codeId, mac }] : []));
    return { asked: rows.length > 0, tried };
  }

  /**
   * Moves the unused codes of one browser secret to another. From then on the codes for the address confirm the sign-up
   * of `to.personId`.
   */
  async transferCodes(
    tx: Tx,
    from: Buffer,
    to: { purpose: string; emailKey: string; browser: Buffer; personId: PersonId },
  ): Promise<void> {
    await sql`
      update one_time_codes set
        browser = ${to.browser},
        person_id = case when purpose = ${to.purpose} and email_key = ${to.emailKey} then ${to.personId}::uuid else person_id end
      where code_id in (
        select code_id from one_time_codes where browser = ${from} and used_at is null order by code_id for update
      )`.execute(tx);
  }

  /** Marks the code as used and returns whose sign-up it confirms; undefined for every caller but the first. */
  async markCodeUsed(tx: Tx, codeId: string, now: Date): Promise<PersonId | undefined> {
    const row = await tablesOf<CodeTables>(tx)
      .updateTable('one_time_codes')
      .set({ used_at: now })
      .where('code_id', '=', codeId)
      .where('used_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst();
    return row?.person_id;
  }

  /** Returns the times at which codes were sent for the login. The row stays locked until the transaction ends. */
  async lockQuota(tx: Tx, login: Buffer, now: Date): Promise<Date[]> {
    const tables = tablesOf<CodeTables>(tx);
    await tables
      .insertInto('code_quotas')
      .values({ login, sent_at: sql`'{}'::timestamptz[]`, last_at: now })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .execute();
    const row = await tables.selectFrom('code_quotas').select('sent_at').where('login', '=', login).forUpdate().executeTakeFirstOrThrow();
    return row.sent_at;
  }

  async saveQuota(tx: Tx, login: Buffer, sentAt: readonly Date[], now: Date): Promise<void> {
    await tablesOf<CodeTables>(tx)
      .updateTable('code_quotas')
      .set({ sent_at: sql`${sentAt.map((at) => at.toISOString())}::timestamptz[]`, last_at: now })
      .where('login', '=', login)
      .execute();
  }

  async deleteCodesBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'one_time_codes', sql`expires_at < ${before}`);
    await deleteInBatches(this.database, 'code_quotas', sql`last_at < ${before}`);
  }
}
