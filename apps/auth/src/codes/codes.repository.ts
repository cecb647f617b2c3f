import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { sql } from 'kysely';
import { TRIES_PER_CODE, type TriedCode } from './code.rules';

interface CodesTable {
  code_id: string;
  purpose: string;
  /** Contact. */
  email_key: string;
  person_id: string;
  /** Secret. */
  mac: Buffer;
  browser: Buffer | null;
  tries: number;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

interface QuotasTable {
  login: Buffer;
  sent_at: Date[];
  last_at: Date;
}

interface Tables {
  one_time_codes: CodesTable;
  code_quotas: QuotasTable;
}

@Injectable()
export class CodesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async add(tx: Tx, code: Omit<CodesTable, 'tries' | 'used_at'>): Promise<void> {
    await tablesOf<Tables>(tx).insertInto('one_time_codes').values({ ...code, tries: 0, used_at: null }).execute();
  }

  /**
   * Counts a try against every live code of the address, before any of them is compared, and returns those that had
   * one left. Where the browser itself asked for a code that still lives, only its own count: a stranger's sign-up
   * with the same address stays out of reach.
   */
  async tryAll(purpose: string, emailKey: string, browser: Buffer | null, now: Date): Promise<TriedCode[]> {
    const { rows } = await sql<{ code_id: string; person_id: PersonId; mac: Buffer }>`
      with live as (
        select code_id, browser from one_time_codes
        where purpose = ${purpose} and email_key = ${emailKey} and used_at is null
          and expires_at > ${now} and tries < ${TRIES_PER_CODE}
        order by code_id for update
      )
      update one_time_codes set tries = tries + 1
      where code_id in (
        select code_id from live
        where browser = ${browser} or not exists (select from live where browser = ${browser})
      )
      returning code_id, person_id, mac`.execute(this.database.query());
    return rows.map((row) => ({ codeId: row.code_id, personId: row.person_id, mac: row.mac }));
  }

  /** True for the one caller that uses the code. */
  async use(tx: Tx, codeId: string, now: Date): Promise<boolean> {
    const result = await tablesOf<Tables>(tx)
      .updateTable('one_time_codes')
      .set({ used_at: now })
      .where('code_id', '=', codeId)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }

  /** The times at which codes went to the login; the row stays locked until the transaction ends. */
  async lockQuota(tx: Tx, login: Buffer, now: Date): Promise<Date[]> {
    const tables = tablesOf<Tables>(tx);
    await tables
      .insertInto('code_quotas')
      .values({ login, sent_at: sql`'{}'::timestamptz[]`, last_at: now })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .execute();
    const row = await tables.selectFrom('code_quotas').select('sent_at').where('login', '=', login).forUpdate().executeTakeFirstOrThrow();
    return row.sent_at;
  }

  async saveQuota(tx: Tx, login: Buffer, sentAt: readonly Date[], now: Date): Promise<void> {
    await tablesOf<Tables>(tx)
      .updateTable('code_quotas')
      .set({ sent_at: sql`${sentAt.map((at) => at.toISOString())}::timestamptz[]`, last_at: now })
      .where('login', '=', login)
      .execute();
  }

  async sweep(before: Date): Promise<void> {
    await this.database.query<Tables>().deleteFrom('one_time_codes').where('expires_at', '<', before).execute();
    await this.database.query<Tables>().deleteFrom('code_quotas').where('last_at', '<', before).execute();
  }
}
