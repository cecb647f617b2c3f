import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { Secrets } from '../secrets/secrets';
import { KeysRepository } from './keys.repository';
import { keyInUse, PUBLISHED_AHEAD_SECONDS, RELOAD_SECONDS } from './key.rules';

export interface RefreshKey {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly activeFrom: Date;
}

/** Keys that refresh tokens are signed with: new tokens by the newest, old ones verify until their last session ends. */
@Injectable()
export class RefreshKeys {
  private known = new Map<string, RefreshKey>();
  private loadedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly repository: KeysRepository,
    private readonly secrets: Secrets,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async current(): Promise<RefreshKey> {
    if (this.clock.monotonicMs() - this.loadedAt > RELOAD_SECONDS * 1000) await this.load();
    const found = keyInUse([...this.known.values()], this.clock.now());
    if (found) return found;
    await this.database.transaction((tx) => this.repository.once(tx, 'refresh', () => this.add(tx, 0)));
    await this.load();
    const made = keyInUse([...this.known.values()], this.clock.now());
    if (!made) throw new Error('there is no refresh key that is in use');
    return made;
  }

  async byId(keyId: string): Promise<Buffer | undefined> {
    if (!this.known.has(keyId)) await this.load();
    return this.known.get(keyId)?.secret;
  }

  /** A successor; other replicas hear of it before it is used. */
  async add(tx: Tx, aheadSeconds = PUBLISHED_AHEAD_SECONDS): Promise<void> {
    const keyId = newId();
    const now = this.clock.now();
    const sealed = this.secrets.seal('refresh key', keyId, randomBytes(32).toString('base64url'));
    await this.repository.addRefresh(tx, {
      key_id: keyId,
      sealed,
      created_at: now,
      active_from: new Date(now.getTime() + aheadSeconds * 1000),
    });
  }

  private async load(): Promise<void> {
    const rows = await this.repository.refreshKeys();
    this.known = new Map(
      rows.map((row) => [
        row.key_id,
        { keyId: row.key_id, secret: Buffer.from(this.secrets.open('refresh key', row.key_id, row.sealed), 'base64url'), activeFrom: row.active_from },
      ]),
    );
    this.loadedAt = this.clock.monotonicMs();
  }
}
