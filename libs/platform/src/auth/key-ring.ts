import { Injectable } from '@nestjs/common';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { Clock } from '../clock/clock';
import { KeySource } from './auth-keys';
import { BadToken } from './strict-jws';

/** An unknown key id asks auth again at most this often, so that invented ids cannot make a service ask. */
const REFRESH_EVERY_MS = 5_000;
const STALE_AFTER_MS = 10 * 60_000;

/** Auth's public keys, fetched at the first need, again when a key id is unknown, and every ten minutes. */
@Injectable()
export class KeyRing {
  private keys = new Map<string, CryptoKey>();
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly source: KeySource,
    private readonly clock: Clock,
  ) {}

  /** @throws BadToken for a key id that auth does not know; whatever the way to auth throws, while no key is known */
  async keyOf(kid: string): Promise<CryptoKey> {
    const known = this.keys.get(kid);
    if (known) {
      if (this.clock.monotonicMs() - this.fetchedAt > STALE_AFTER_MS) void this.refresh().catch(() => undefined);
      return known;
    }
    await this.refresh();
    const found = this.keys.get(kid);
    if (!found) throw new BadToken('unknown key');
    return found;
  }

  private refresh(): Promise<void> {
    if (this.fetching) return this.fetching;
    const now = this.clock.monotonicMs();
    // Without any key no token can be verified, so a failed first fetch is repeated sooner.
    const pause = this.keys.size > 0 ? REFRESH_EVERY_MS : 200;
    if (now - this.triedAt < pause) {
      return this.keys.size > 0 ? Promise.resolve() : Promise.reject(new KeysUnavailable());
    }
    this.triedAt = now;
    this.fetching = this.fetch().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetch(): Promise<void> {
    let keys: readonly JWK[];
    try {
      keys = await this.source.keys();
    } catch (error) {
      if (this.keys.size > 0) return;
      throw new KeysUnavailable({ cause: error });
    }
    const usable = keys.filter((key) => key.kty === 'EC' && key.crv === 'P-256' && typeof key.kid === 'string');
    const entries = await Promise.all(
      usable.map(async ({ kty, crv, x, y, kid }): Promise<[string, CryptoKey]> => [
        kid as string,
        // Only the public part: a private key that auth's own source may hold has no business here.
        (await importJWK({ kty, crv, x, y } as JWK, 'ES256')) as CryptoKey,
      ]),
    );
    this.keys = new Map(entries);
    this.fetchedAt = this.clock.monotonicMs();
  }
}

/** Thrown when no token can be verified, because no key was ever fetched and auth does not answer. */
export class KeysUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super("auth's keys cannot be fetched", options);
    this.name = 'KeysUnavailable';
  }
}
