import { bigint } from '@muster/contracts/kernel/integer';
import { ACCESS_TOKEN_TYPE, accessClaims, type AccessClaims } from '@muster/contracts/kernel/internal';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock/clock';
import { AppError } from '../errors/app-error';
import { BoundedCache } from '../kernel/bounded-cache';
import { Metrics } from '../metrics/metrics';
import { KeyRing, KeysUnavailable } from './key-ring';
import type { AuthenticatedPerson } from './principal';
import { BadToken, verifyStrictly } from './strict-jws';

const REMEMBERED = 20_000;
/** Seconds by which auth's clock may be ahead. */
const SKEW_SECONDS = 5;
/** An access token lives five minutes; one that claims longer is not auth's. */
export const LONGEST_LIFE_SECONDS = 300;

const claimsForm = z.looseObject({ ...accessClaims.shape, nbf: bigint().optional() });

/** Verifies access tokens. ES256 costs 0.3 ms, so that what was verified once is remembered until it expires. */
@Injectable()
export class TokenVerifier {
  private readonly verified = new BoundedCache<AuthenticatedPerson>(REMEMBERED);
  private readonly seen;
  private cached = 0;

  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    const seen = metrics.counter('verifiedTokens');
    this.seen = seen;
    // Nearly every request adds one: told when somebody looks.
    metrics.onScrape(() => {
      seen.inc({ outcome: 'cached' }, this.cached);
      this.cached = 0;
    });
  }

  /**
   * Verifies a token and returns its person; revocations are not checked here.
   *
   * @throws BadToken for a token that is not a valid access token
   * @throws AppError platform.unavailable while no key of auth is known
   */
  async verifyToken(token: string): Promise<AuthenticatedPerson> {
    const known = this.rememberedPrincipal(token);
    if (known) return known;
    try {
      const person = this.personOf(await verifyStrictly(token, ACCESS_TOKEN_TYPE, (kid) => this.keys.keyOf(kid)));
      this.verified.set(token, person);
      this.seen.inc({ outcome: 'verified' });
      return person;
    } catch (error) {
      this.seen.inc({ outcome: 'refused' });
      if (!(error instanceof KeysUnavailable)) throw error;
      throw new AppError(platformErrors.unavailable, {}, { cause: error, retryAfterSeconds: 1 });
    }
  }

  /** Returns the person of a token that was verified before and has not expired. */
  rememberedPrincipal(token: string): AuthenticatedPerson | undefined {
    const known = this.verified.get(token);
    if (!known) return undefined;
    if (this.seconds() >= known.expiresAt) {
      this.verified.delete(token);
      return undefined;
    }
    this.cached += 1;
    return known;
  }

  private personOf(payload: unknown): AuthenticatedPerson {
    const parsed = claimsForm.safeParse(payload);
    if (!parsed.success) throw new BadToken('claims');
    const claims: AccessClaims & { nbf?: number | undefined } = parsed.data;
    const now = this.seconds();
    if (now >= claims.exp) throw new BadToken('expired');
    if (claims.iat > now + SKEW_SECONDS || (claims.nbf ?? 0) > now + SKEW_SECONDS) throw new BadToken('not yet valid');
    if (claims.exp <= claims.iat || claims.exp - claims.iat > LONGEST_LIFE_SECONDS) throw new BadToken('life');
    return {
      kind: 'person',
      personId: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      newUntil: claims.new_until !== undefined && claims.new_until > now ? claims.new_until : null,
      sessionUntil: claims.session_until ?? null,
      tokenId: `${claims.sid}.${claims.iat}`,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
    };
  }

  private seconds(): number {
    return this.clock.now().getTime() / 1000;
  }
}
