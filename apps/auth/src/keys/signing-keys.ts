import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { AfterRestore } from '@muster/platform/messaging/after-restore';
import { Injectable } from '@nestjs/common';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { Secrets } from '../secrets/secrets';
import { CachedRows } from './cached-rows';
import { keyInUse, PUBLISHED_AHEAD_SECONDS, RELOAD_SECONDS } from './key.rules';
import { KeysRepository } from './keys.repository';

export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
  readonly activeFrom: Date;
}

/** ES256 keys of access tokens; at rest the private parts are sealed with AUTH_SECRET. */
@Injectable()
export class SigningKeys {
  private readonly kept: CachedRows<SigningKey>;

  constructor(
    private readonly repository: KeysRepository,
    private readonly secrets: Secrets,
    private readonly database: Database,
    private readonly clock: Clock,
    afterRestore: AfterRestore,
  ) {
    this.kept = new CachedRows(() => this.read(), clock);
    // Nobody knows which of the tokens that are out belong to sessions that ended since the backup.
    afterRestore.registerStep(() => this.replaceKeys());
  }

  async currentKey(): Promise<SigningKey> {
    const found = keyInUse(await this.kept.readNoOlderThan(RELOAD_SECONDS), this.clock.now());
    if (found) return found;
    await this.database.transaction((tx) => this.repository.makeFirstKey(tx, 'signing', () => this.addKey(tx, 0)));
    const made = keyInUse(await this.kept.readAgain(), this.clock.now());
    if (!made) throw new Error('there is no signing key that is in use');
    return made;
  }

  /** Returns the JWKS: the keys that are in use, soon will be or lately were. */
  async publicKeys(): Promise<JWK[]> {
    await this.currentKey();
    return (await this.kept.readNoOlderThan(RELOAD_SECONDS)).map((key) => key.publicJwk);
  }

  /** Adds a key, which is published before it is used. */
  async addKey(tx: Tx, aheadSeconds = PUBLISHED_AHEAD_SECONDS): Promise<void> {
    const kid = newId();
    const now = this.clock.now();
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
    await this.repository.insertSigningKey(tx, {
      kid,
      public_jwk: JSON.stringify(publicJwk),
      private_sealed: this.secrets.sealSecret('signing key', kid, JSON.stringify(await exportJWK(privateKey))),
      created_at: now,
      active_from: new Date(now.getTime() + aheadSeconds * 1000),
    });
  }

  /** Puts one new key in the place of all others, so that every token that they signed is refused. */
  private async replaceKeys(): Promise<void> {
    const kids = (await this.repository.listSigningKeys()).map(({ kid }) => kid);
    await this.database.transaction(async (tx) => {
      await this.repository.deleteSigningKeys(tx, kids);
      await this.addKey(tx, 0);
    });
    await this.kept.readAgain();
  }

  private async read(): Promise<SigningKey[]> {
    const rows = await this.repository.listSigningKeys();
    return Promise.all(
      rows.map(async (row) => ({
        kid: row.kid,
        publicJwk: row.public_jwk,
        privateKey: (await importJWK(JSON.parse(this.secrets.openSecret('signing key', row.kid, row.private_sealed)) as JWK, 'ES256')) as CryptoKey,
        activeFrom: row.active_from,
      })),
    );
  }
}
