import { serviceName, type ServiceName } from '@muster/contracts/kernel/ids';
import { bigint } from '@muster/contracts/kernel/integer';
import { SERVICE_TOKEN_TYPE } from '@muster/contracts/kernel/internal';
import { Inject, Injectable } from '@nestjs/common';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';
import type { CallingService } from '../auth/principal';
import { BadToken, signStrictly, verifyStrictly } from '../auth/strict-jws';
import { Clock } from '../clock/clock';
import { SERVICE, type ServiceConfig } from '../config/define-config';
import { BoundedCache } from '../kernel/bounded-cache';
import { SERVICE_KEYS } from '../service/drivers';

const LIFE_SECONDS = 60;
/** A token is signed again while it still has this long, so that none expires on its way. */
const RENEW_SECONDS = 20;
const SKEW_SECONDS = 5;

const claimsForm = z.looseObject({ iss: serviceName, aud: serviceName, iat: bigint(), exp: bigint() });

/** Keys of service principals. A key id reads `<service>.<generation>`: a key only ever speaks for its own service. */
export interface ServiceKeySet {
  /** Private ES256 JWK of this service; undefined for one that calls nobody. */
  readonly own: JWK | undefined;
  /** Public keys of all services, two generations. */
  readonly all: readonly JWK[];
}

/** Tokens of one minute by which services know each other on the operations listener. */
@Injectable()
export class ServiceTokens {
  private readonly signed = new Map<ServiceName, { token: string; expiresAt: number }>();
  private readonly verified = new BoundedCache<{ service: ServiceName; expiresAt: number }>(1000);
  private publicKeys: Promise<Map<string, CryptoKey>> | undefined;

  constructor(
    @Inject(SERVICE) private readonly config: ServiceConfig,
    @Inject(SERVICE_KEYS) private readonly keys: ServiceKeySet,
    private readonly clock: Clock,
  ) {}

  /** @throws Error when this service has no key */
  async tokenFor(callee: ServiceName): Promise<string> {
    const now = this.seconds();
    const known = this.signed.get(callee);
    if (known && known.expiresAt - now > RENEW_SECONDS && known.expiresAt - now <= LIFE_SECONDS) return known.token;
    const { own } = this.keys;
    if (!own?.kid) throw new Error(`${this.config.service} has no service key; set SERVICE_KEY_FILE`);
    const issued = Math.floor(now);
    const claims = { iss: this.config.service, aud: callee, iat: issued, exp: issued + LIFE_SECONDS };
    const token = await signStrictly(claims, { type: SERVICE_TOKEN_TYPE, kid: own.kid, key: await importJWK(own, 'ES256') });
    this.signed.set(callee, { token, expiresAt: issued + LIFE_SECONDS });
    return token;
  }

  /** @throws BadToken unless it is another service's token for this one */
  async verifyToken(token: string): Promise<CallingService> {
    const known = this.verified.get(token);
    if (known && this.seconds() < known.expiresAt) return { kind: 'service', service: known.service };
    let keyId = '';
    const payload = await verifyStrictly(token, SERVICE_TOKEN_TYPE, async (kid) => {
      keyId = kid;
      const key = (await this.publicSet()).get(kid);
      if (!key) throw new BadToken('unknown key');
      return key;
    });
    const parsed = claimsForm.safeParse(payload);
    if (!parsed.success) throw new BadToken('claims');
    const { iss, aud, iat, exp } = parsed.data;
    const now = this.seconds();
    if (aud !== this.config.service) throw new BadToken('audience');
    if (keyId.split('.', 1)[0] !== iss) throw new BadToken('a key of another service');
    if (now >= exp || iat > now + SKEW_SECONDS || exp - iat > LIFE_SECONDS) throw new BadToken('time');
    this.verified.set(token, { service: iss, expiresAt: exp });
    return { kind: 'service', service: iss };
  }

  private publicSet(): Promise<Map<string, CryptoKey>> {
    this.publicKeys ??= Promise.all(
      this.keys.all.map(async ({ kid, kty, crv, x, y }): Promise<[string, CryptoKey]> => [
        kid ?? '',
        (await importJWK({ kty, crv, x, y } as JWK, 'ES256')) as CryptoKey,
      ]),
    ).then((entries) => new Map(entries));
    return this.publicKeys;
  }

  private seconds(): number {
    return this.clock.now().getTime() / 1000;
  }
}
