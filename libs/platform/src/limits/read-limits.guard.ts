import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contractOf, requestOf } from '../http/request-marks';
import { ReadLimits } from './read-limits';

/** Counts each request of a person towards the limits of its route that count requests. */
@Injectable()
export class ReadLimitsGuard implements CanActivate {
  constructor(private readonly limits: ReadLimits) {}

  /** @throws AppError platform.limit_reached */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = requestOf(context);
    const route = contractOf(request);
    const counting = route && this.limits.countRequest(request, route);
    return counting ? counting.then(() => true) : true;
  }
}
