import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
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
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly revocations: Revocations,
  ) {}

  /** At once where the caller is known at once, as after a throttle that asked. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { url, config } = request.routeOptions;
    const internal = isInternal(request.raw);
    // Probes and metrics have no contract; a controller that forgot its contract is not served to the public.
    if (!config.muster) return refuseUnless(internal || url === '/health');
    const { route } = config.muster;
    const principal = this.authenticator.principalOf(request);
    if (principal instanceof Promise) return principal.then((late) => this.admit(late, route, internal));
    return this.admit(principal, route, internal);
  }

  private admit(principal: Principal | null, { access, method }: Route, internal: boolean): boolean {
    if (access.kind === 'service') return forService(access, principal, internal);
    if (access.kind === 'public') return true;
    if (principal?.kind !== 'person') throw new AppError(platformErrors.notSignedIn);
    if (access.roles.length > 0 && !access.roles.some((role) => principal.roles.includes(role))) {
      throw new AppError(platformErrors.notAllowed);
    }
    if (method !== 'GET' && this.revocations.cutOff) {
      throw new AppError(platformErrors.signInCutOff, {}, { retryAfterSeconds: 2 });
    }
    return true;
  }
}

function forService(access: Access & { kind: 'service' }, principal: Principal | null, internal: boolean): boolean {
  refuseUnless(internal);
  if (principal?.kind !== 'service') throw new AppError(platformErrors.notSignedIn);
  if (!access.callers.includes(principal.service)) throw new AppError(platformErrors.notAllowed);
  return true;
}

function refuseUnless(reachable: boolean): true {
  if (!reachable) throw new AppError(platformErrors.notFound);
  return true;
}
