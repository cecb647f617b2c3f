import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { SigningKeysTable, KeyTables, RefreshKeysTable } from './key.schema';

@Injectable()
export class KeysRepository {
  constructor(private readonly database: Database) {}

  /** Runs `make` while the table is empty; of replicas that start together only one does. */
  async makeFirstKey(tx: Tx, family: 'signing' | 'refresh', make: () => Promise<void>): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`muster.auth.${family}_key`}, 0))`.execute(tx);
    const { rows } = await sql`select 1 from ${sql.table(`${family}_keys`)} limit 1`.execute(tx);
    if (rows.length === 0) await make();
  }

  listSigningKeys(): Promise<Array<Selectable<SigningKeysTable>>> {
    return this.database.query<KeyTables>().selectFrom('signing_keys').selectAll().execute();
  }

  listRefreshKeys(): Promise<Array<Selectable<RefreshKeysTable>>> {
    return this.database.query<KeyTables>().selectFrom('refresh_keys').selectAll().execute();
  }

  async insertSigningKey(tx: Tx, key: Insertable<SigningKeysTable>): Promise<void> {
    await tablesOf<KeyTables>(tx).insertInto('signing_keys').values(key).execute();
  }

  async insertRefreshKey(tx: Tx, key: Insertable<RefreshKeysTable>): Promise<void> {
    await tablesOf<KeyTables>(tx).insertInto('refresh_keys').values(key).execute();
  }

  async deleteSigningKeys(tx: Tx, kids: readonly string[]): Promise<void> {
    if (kids.length > 0) await tablesOf<KeyTables>(tx).deleteFrom('signing_keys').where('kid', 'in', [...kids]).execute();
  }

  async deleteRefreshKeys(tx: Tx, keyIds: readonly string[]): Promise<void> {
    if (keyIds.length > 0) await tablesOf<KeyTables>(tx).deleteFrom('refresh_keys').where('key_id', 'in', [...keyIds]).execute();
  }
}
