import { platformErrors } from '@muster/contracts/kernel/problem';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import { AppError } from '../errors/app-error';
import { contractOf, isInternal, requestOf } from '../http/request-marks';
import { Metrics } from '../metrics/metrics';
import { countedBy, NOT_COUNTED, rateOf } from './throttle.options';

const counted = Promise.resolve(true);

/** Refuses who asks too often; {@link ThrottleOptions} says how requests are counted. */
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly metrics: Metrics,
  ) {
    super(options, storage, reflector);
  }

  /** Other services and probes are not counted. */
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    return isInternal(request.raw) || contractOf(request) === undefined;
  }

  protected override handleRequest(asked: ThrottlerRequest): Promise<boolean> {
    const { context } = asked;
    const tracker = asked.getTracker(requestOf(context), context);
    return tracker instanceof Promise ? tracker.then((late) => this.countFor(late, asked)) : this.countFor(tracker, asked);
  }

  private countFor(tracker: string, asked: ThrottlerRequest): Promise<boolean> {
    if (tracker === NOT_COUNTED) return counted;
    const generateKey = hasOwnLimit(asked) ? keyOfHandler : asked.generateKey;
    return super.handleRequest({ ...asked, generateKey, getTracker: () => tracker });
  }

  /** @throws AppError platform.too_many */
  protected override throwThrottlingException(context: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const retryAfterSeconds = detail.timeToBlockExpire;
    const by = detail.key.split(':', 1)[0] ?? '';
    this.metrics.counter('throttledRequests').inc({ rate: rateOf(requestOf(context)), by });
    throw new AppError(platformErrors.tooMany, { limit: detail.limit, retryAfterSeconds }, { retryAfterSeconds });
  }
}

/** Whether `@Throttle` gave the handler figures other than those of its rate class. */
function hasOwnLimit({ throttler, context, limit, ttl }: ThrottlerRequest): boolean {
  const usual = typeof throttler.limit === 'function' ? throttler.limit(context) : throttler.limit;
  return limit !== usual || ttl !== throttler.ttl;
}

/** A limit of a handler's own is not used up by the other routes of its rate class. */
function keyOfHandler(context: ExecutionContext, tracker: string, throttlerName: string): string {
  return `${countedBy(throttlerName)}:${context.getClass().name}.${context.getHandler().name}:${tracker}`;
}
