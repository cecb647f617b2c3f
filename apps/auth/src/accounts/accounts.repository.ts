import type { Hat } from '@muster/contracts/auth/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Selectable, type Kysely } from 'kysely';
import type { AccountState } from './account.rules';
import type { AccountsTable, AccountTables } from './account.schema';

export type Account = Selectable<AccountsTable>;

/**
 * Written into the statements as a literal: with a parameter, PostgreSQL could not use the partial indexes of this
 * state.
 */
const UNCONFIRMED: AccountState = 'pending';

@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  async insertAccount(tx: Tx, account: Insertable<AccountsTable>): Promise<void> {
    await tablesOf<AccountTables>(tx).insertInto('accounts').values(account).execute();
  }

  /**
   * Finds the confirmed account of an address; pending sign-ups do not count as accounts. See {@link
   * findSettledAccount}.
   */
  findAccountByEmail(emailKey: string): Promise<Account | undefined> {
    return this.confirmed(this.database.query<AccountTables>(), emailKey).forShare().executeTakeFirst();
  }

  findAccountByEmailIn(tx: Tx, emailKey: string): Promise<Account | undefined> {
    return this.confirmed(tablesOf<AccountTables>(tx), emailKey).executeTakeFirst();
  }

  findAccount(personId: PersonId): Promise<Account | undefined> {
    return this.database.query<AccountTables>().selectFrom('accounts').selectAll().where('person_id', '=', personId).executeTakeFirst();
  }

  /**
   * Finds the account and waits for a change of it that is under way, because a token must not state facts that are
   * older than the token.
   */
  findSettledAccount(personId: PersonId): Promise<Account | undefined> {
    return this.database.query<AccountTables>().selectFrom('accounts').selectAll().where('person_id', '=', personId).forShare().executeTakeFirst();
  }

  lockAccount(tx: Tx, personId: PersonId): Promise<Account | undefined> {
    return tablesOf<AccountTables>(tx).selectFrom('accounts').selectAll().where('person_id', '=', personId).forNoKeyUpdate().executeTakeFirst();
  }

  /** Locks all pending sign-ups of an address, so that of two people who confirm at once one comes first. */
  lockPendingAccount(tx: Tx, emailKey: string): Promise<Account[]> {
    return tablesOf<AccountTables>(tx)
      .selectFrom('accounts')
      .selectAll()
      .where('email_key', '=', emailKey)
      .where('state', '=', sql.lit(UNCONFIRMED))
      .orderBy('person_id')
      .forNoKeyUpdate()
      .execute();
  }

  async activateAccount(tx: Tx, personId: PersonId, now: Date): Promise<void> {
    await tablesOf<AccountTables>(tx)
      .updateTable('accounts')
      .set({ state: 'active', activated_at: now })
      .where('person_id', '=', personId)
      .execute();
  }

  /** Deletes the other pending sign-ups with an address that has just been confirmed. */
  async deletePendingAccount(tx: Tx, emailKey: string): Promise<void> {
    await tablesOf<AccountTables>(tx).deleteFrom('accounts').where('email_key', '=', emailKey).where('state', '=', sql.lit(UNCONFIRMED)).execute();
  }

  async setHats(tx: Tx, personId: PersonId, hats: Hat[]): Promise<void> {
    await tablesOf<AccountTables>(tx).updateTable('accounts').set({ hats }).where('person_id', '=', personId).execute();
  }

  async setTokensFrom(tx: Tx, personId: PersonId, tokensFrom: Date): Promise<void> {
    await tablesOf<AccountTables>(tx).updateTable('accounts').set({ tokens_from: tokensFrom }).where('person_id', '=', personId).execute();
  }

  listContactsOf(ids: readonly PersonId[]): Promise<Array<Pick<Account, 'person_id' | 'email' | 'locale'>>> {
    return this.database
      .query<AccountTables>()
      .selectFrom('accounts')
      .select(['person_id', 'email', 'locale'])
      .where('person_id', 'in', [...ids])
      .where('state', 'in', ['active', 'locked', 'suspended', 'deletion_requested'])
      .execute();
  }

  /** A page, by id, of the accounts that other services know of, for snapshots. */
  pageOfAccounts(tx: Tx, after: string | undefined, limit: number): Promise<Account[]> {
    let query = tablesOf<AccountTables>(tx)
      .selectFrom('accounts')
      .selectAll()
      .where('state', '<>', sql.lit(UNCONFIRMED))
      .orderBy('person_id')
      .limit(limit);
    if (after !== undefined) query = query.where('person_id', '>', after as PersonId);
    return query.execute();
  }

  async deletePendingAccountsBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'accounts', sql`state = ${sql.lit(UNCONFIRMED)} and created_at < ${before}`);
  }

  private confirmed(tables: Kysely<AccountTables>, emailKey: string) {
    return tables.selectFrom('accounts').selectAll().where('email_key', '=', emailKey).where('state', '<>', sql.lit(UNCONFIRMED));
  }
}
