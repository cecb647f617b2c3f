import type { Access } from '@muster/contracts/kernel/access';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError } from '../errors/app-error';
import { contractOf, isInternal, requestOf } from '../http/request-marks';
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

  /**
   * At once where the caller is known at once, as after a throttle that asked.
   *
   * @throws AppError why the caller may not
   */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = requestOf(context);
    const route = contractOf(request);
    if (!route) return true; // which listener serves those without a contract is decided before Nest
    const internal = isInternal(request.raw);
    const principal = this.authenticator.principalOf(request);
    if (principal instanceof Promise) return principal.then((late) => this.judge(late, route, internal));
    return this.judge(principal, route, internal);
  }

  private judge(principal: Principal | null, { access, rate }: Route, internal: boolean): boolean {
    if (access.kind === 'service') return forService(access, principal, internal);
    if (access.kind === 'public') return true;
    if (principal?.kind !== 'person') throw new AppError(platformErrors.notSignedIn);
    if (access.roles.length > 0 && !access.roles.some((role) => principal.roles.includes(role))) {
      throw new AppError(platformErrors.notAllowed);
    }
    // A search is sent as a POST and changes nothing, which its rate says.
    if (rate !== 'read' && rate !== 'search' && this.revocations.cutOff) {
      throw new AppError(platformErrors.signInCutOff, {}, { retryAfterSeconds: 2 });
    }
    return true;
  }
}

function forService(access: Access & { kind: 'service' }, principal: Principal | null, internal: boolean): boolean {
  if (!internal) throw new AppError(platformErrors.notFound);
  if (principal?.kind !== 'service') throw new AppError(platformErrors.notSignedIn);
  if (!access.callers.includes(principal.service)) throw new AppError(platformErrors.notAllowed);
  return true;
}
