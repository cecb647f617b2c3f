import { Injectable } from '@nestjs/common';
import type { Access } from '@muster/contracts/kernel/access';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { isInternal } from '../http/request-marks';
import { Authenticator } from './authenticator';
import type { Principal } from './principal';
import { Revocations } from './revocations';

/** Answers every route as its contract's `access` says. */
@Injectable()
export class AccessGuard {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly revocations: Revocations,
  ) {}

  /**
   * At once where the caller is known at once, as after a throttle that asked.
   *
   * @throws AppError why the caller may not
   */
  admit(request: FastifyRequest, route: Route): void | Promise<void> {
    const internal = isInternal(request.raw);
    const principal = this.authenticator.principalOf(request);
    if (principal instanceof Promise) return principal.then((late) => this.judge(late, route, internal));
    this.judge(principal, route, internal);
  }

  private judge(principal: Principal | null, { access, method }: Route, internal: boolean): void {
    if (access.kind === 'service') return forService(access, principal, internal);
    if (access.kind === 'public') return;
    if (principal?.kind !== 'person') throw new AppError(platformErrors.notSignedIn);
    if (access.roles.length > 0 && !access.roles.some((role) => principal.roles.includes(role))) {
      throw new AppError(platformErrors.notAllowed);
    }
    if (method !== 'GET' && this.revocations.cutOff) {
      throw new AppError(platformErrors.signInCutOff, {}, { retryAfterSeconds: 2 });
    }
  }
}

function forService(access: Access & { kind: 'service' }, principal: Principal | null, internal: boolean): void {
  if (!internal) throw new AppError(platformErrors.notFound);
  if (principal?.kind !== 'service') throw new AppError(platformErrors.notSignedIn);
  if (!access.callers.includes(principal.service)) throw new AppError(platformErrors.notAllowed);
}
