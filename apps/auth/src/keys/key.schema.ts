import type { JWK } from 'jose';
import type { ColumnType } from 'kysely';

export interface SigningKeysTable {
  kid: string;
  public_jwk: ColumnType<JWK, string, string>;
  /** Secret, sealed. */
  private_sealed: Buffer;
  created_at: Date;
  active_from: Date;
}

export interface RefreshKeysTable {
  key_id: string;
  /** Secret, sealed. */
  sealed: Buffer;
  created_at: Date;
  active_from: Date;
}

export interface KeyTables {
  signing_keys: SigningKeysTable;
  refresh_keys: RefreshKeysTable;
}
