import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { sql, type ColumnType, type Insertable, type Selectable } from 'kysely';

interface SigningKeysTable {
  kid: string;
  public_jwk: ColumnType<JWK, string, string>;
  /** Secret, sealed. */
  private_sealed: Buffer;
  created_at: Date;
  active_from: Date;
}

interface RefreshKeysTable {
  key_id: string;
  /** Secret, sealed. */
  sealed: Buffer;
  created_at: Date;
  active_from: Date;
}

interface Tables {
  signing_keys: SigningKeysTable;
  refresh_keys: RefreshKeysTable;
}

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
    return this.database.query<Tables>().selectFrom('signing_keys').selectAll().execute();
  }

  listRefreshKeys(): Promise<Array<Selectable<RefreshKeysTable>>> {
    return this.database.query<Tables>().selectFrom('refresh_keys').selectAll().execute();
  }

  async insertSigningKey(tx: Tx, key: Insertable<SigningKeysTable>): Promise<void> {
    await tablesOf<Tables>(tx).insertInto('signing_keys').values(key).execute();
  }

  async insertRefreshKey(tx: Tx, key: Insertable<RefreshKeysTable>): Promise<void> {
    await tablesOf<Tables>(tx).insertInto('refresh_keys').values(key).execute();
  }

  async deleteSigningKeys(tx: Tx, kids: readonly string[]): Promise<void> {
    if (kids.length > 0) await tablesOf<Tables>(tx).deleteFrom('signing_keys').where('kid', 'in', [...kids]).execute();
  }

  async deleteRefreshKeys(tx: Tx, keyIds: readonly string[]): Promise<void> {
    if (keyIds.length > 0) await tablesOf<Tables>(tx).deleteFrom('refresh_keys').where('key_id', 'in', [...keyIds]).execute();
  }
}
