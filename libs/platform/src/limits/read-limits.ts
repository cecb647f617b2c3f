import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Limit } from '@muster/contracts/kernel/limits';
import type { Route } from '@muster/contracts/kernel/route';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AuthenticatedPerson } from '../auth/principal';
import { Clock } from '../clock/clock';
import { CONFIG } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { Metrics } from '../metrics/metrics';
import { COUNTERS } from '../service/drivers';
import type { CounterStore, SetCount, WindowCount } from '../throttle/counter-store';
import type { LimitFigures } from './limit-figures';
import { limitReached } from './limit-reached';

type Account = Pick<AuthenticatedPerson, 'personId' | 'newUntil'>;

/**
 * The limits for abuse of what is read. They are counted where rate limits are (in this process, or in Valkey): no
 * query is made for them.
 */
@Injectable()
export class ReadLimits {
  private readonly figures: LimitFigures;

  constructor(
    @Inject(CONFIG) env: PlatformEnv,
    @Inject(COUNTERS) private readonly counters: CounterStore,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    this.figures = env.LIMITS;
  }

  /**
   * Counts a request of somebody who may call the route, for each limit of the route that counts requests.
   *
   * @throws AppError platform.limit_reached
   */
  countRequest(request: FastifyRequest, route: Route): void | Promise<void> {
    const { principal } = request;
    if (route.limits.length === 0 || principal?.kind !== 'person') return;
    let waiting: Promise<void> | undefined;
    for (const limit of route.limits) {
      const most = limit.counts === 'requests' ? this.mostOf(limit, principal) : null;
      if (most === null) continue;
      const hit = this.counters.countHit(keyOf(limit, principal.personId), limit.seconds * 1000);
      if (hit instanceof Promise) waiting = allOf(waiting, hit.then((late) => this.judge(limit, most, late)));
      else this.judge(limit, most, hit);
    }
    return waiting;
  }

  /**
   * Counts people whom an answer is about to show. Whoever was shown before, in the same window, is not counted again;
   * where the rest would pass the limit none of them is counted, and the answer must not be given.
   *
   * @throws AppError platform.limit_reached
   */
  async countShown(limit: Limit, account: Account, people: readonly PersonId[]): Promise<void> {
    const most = this.mostOf(limit, account);
    const others = people.filter((person) => person !== account.personId);
    if (most === null || others.length === 0) return;
    const counted: SetCount = await this.counters.countMembers(keyOf(limit, account.personId), others, limit.seconds * 1000, most);
    if (!counted.added) throw this.refusal(limit, most, counted.resetMs);
  }

  private judge(limit: Limit, most: number, { count, resetMs }: WindowCount): void {
    if (count > most) throw this.refusal(limit, most, resetMs);
  }

  private refusal(limit: Limit, most: number, resetMs: number): Error {
    this.metrics.counter('limitsReached').inc({ limit: limit.name });
    const now = this.clock.now();
    return limitReached(limit, most, new Date(now.getTime() + resetMs), now);
  }

  private mostOf({ name }: Limit, { newUntil }: Account): number | null {
    const figures = this.figures.get(name);
    return (newUntil === null ? figures?.most : figures?.mostWhenNew) ?? null;
  }
}

function keyOf({ name }: Limit, person: PersonId): string {
  return `limit:${name}:${person}`;
}

function allOf(waiting: Promise<void> | undefined, next: Promise<void>): Promise<void> {
  return waiting ? Promise.all([waiting, next]).then(() => undefined) : next;
}
