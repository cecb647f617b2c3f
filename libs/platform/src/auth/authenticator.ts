import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isInternal } from '../http/request-marks';
import { ServiceTokens } from '../internal/service-tokens';
import type { Principal } from './principal';
import { Revocations } from './revocations';
import { BadToken } from './strict-jws';
import { TokenVerifier } from './token-verifier';

const bearer = /^Bearer ([\x21-\x7e]+)$/i;

/** Finds the principal of a request once, for the throttle, the guard and `@Caller()`. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly persons: TokenVerifier,
    private readonly services: ServiceTokens,
    private readonly revocations: Revocations,
  ) {}

  /**
   * Null for a stranger and for anyone whose token is not good: why is nobody's business. At once for a token that was
   * verified before, which is nearly all of them: on Node 20 each promise costs a request about half a microsecond.
   *
   * @throws AppError platform.unavailable while no key is known to check a token with
   */
  principalOf(request: FastifyRequest): Principal | null | Promise<Principal | null> {
    if (request.principal !== undefined) return request.principal;
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return (request.principal = null);
    const known = isInternal(request.raw) ? undefined : this.persons.rememberedPrincipal(token);
    if (known) return (request.principal = this.revocations.isRevoked(known) ? null : known);
    return this.identify(request, token).then((principal) => (request.principal = principal));
  }

  private async identify(request: FastifyRequest, token: string): Promise<Principal | null> {
    try {
      if (isInternal(request.raw)) return await this.services.verifyToken(token);
      const person = await this.persons.verifyToken(token);
      return this.revocations.isRevoked(person) ? null : person;
    } catch (error) {
      if (error instanceof BadToken) return null;
      throw error;
    }
  }
}
