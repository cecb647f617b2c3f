import { randomBytes } from 'node:crypto';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../secrets/secrets';
import { CachedRows } from './cached-rows';
import { keyInUse, PUBLISHED_AHEAD_SECONDS, RELOAD_SECONDS } from './key.rules';
import { KeysRepository } from './keys.repository';

export interface RefreshKey {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly activeFrom: Date;
}

/** Keys of refresh tokens: the newest one signs, the old ones verify until their last session ends. */
@Injectable()
export class RefreshKeys {
  private readonly kept: CachedRows<RefreshKey>;

  constructor(
    private readonly repository: KeysRepository,
    private readonly secrets: Secrets,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.kept = new CachedRows(() => this.read(), clock);
  }

  async currentKey(): Promise<RefreshKey> {
    const found = keyInUse(await this.kept.readNoOlderThan(RELOAD_SECONDS), this.clock.now());
    if (found) return found;
    await this.database.transaction((tx) => this.repository.makeFirstKey(tx, 'refresh', () => this.addKey(tx, 0)));
    const made = keyInUse(await this.kept.readAgain(), this.clock.now());
    if (!made) throw new Error('there is no refresh key that is in use');
    return made;
  }

  /**
   * Returns the secret of a key id. The id may be invented, so the table is never read for it alone: every real key is
   * in the table long before it is used, and {@link currentKey} makes sure that the first one is known.
   */
  async secretOfKey(keyId: string): Promise<Buffer | undefined> {
    await this.currentKey();
    const keys = await this.kept.readNoOlderThan(RELOAD_SECONDS);
    return keys.find((key) => key.keyId === keyId)?.secret;
  }

  /** Adds a key; other replicas read it before it is used. */
  async addKey(tx: Tx, aheadSeconds = PUBLISHED_AHEAD_SECONDS): Promise<void> {
    const keyId = newId();
    const now = this.clock.now();
    const sealed = this.secrets.sealSecret('refresh key', keyId, randomBytes(32).toString('base64url'));
    await this.repository.insertRefreshKey(tx, {
      key_id: keyId,
      sealed,
      created_at: now,
      active_from: new Date(now.getTime() + aheadSeconds * 1000),
    });
  }

  private async read(): Promise<RefreshKey[]> {
    const rows = await this.repository.listRefreshKeys();
    return rows.map((row) => ({
      keyId: row.key_id,
      secret: Buffer.from(this.secrets.openSecret('refresh key', row.key_id, row.sealed), 'base64url'),
      activeFrom: row.active_from,
    }));
  }
}
