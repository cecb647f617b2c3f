import type { Limit } from '@muster/contracts/kernel/limits';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthenticatedPerson } from '../auth/principal';
import { Clock } from '../clock/clock';
import { CONFIG } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import type { Tx } from '../database/database';
import { Metrics } from '../metrics/metrics';
import { LimitCountsRepository } from './limit-counts.repository';
import type { LimitFigures } from './limit-figures';
import { limitReached } from './limit-reached';

export type LimitedAccount = Pick<AuthenticatedPerson, 'personId' | 'newUntil'>;

/**
 * The limits for abuse of what is written, counted in the transaction that writes it: what is rolled back was not
 * counted, and no replica can be asked to forget. `Idempotency.once` counts for the routes that use it.
 */
@Injectable()
export class WriteLimits {
  private readonly figures: LimitFigures;
  private readonly counts = new LimitCountsRepository();

  constructor(
    @Inject(CONFIG) env: PlatformEnv,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    this.figures = env.LIMITS;
  }

  /**
   * Counts one effect for each limit that counts effects of an account. Call it before any other row is locked.
   *
   * @throws AppError platform.limit_reached; the transaction has to be given up
   */
  async countWrite(tx: Tx, account: LimitedAccount, limits: readonly Limit[]): Promise<void> {
    for (const limit of limits) {
      const most = limit.counts === 'effects' && limit.by === 'account' ? this.mostOf(limit, account) : null;
      if (most === null) continue;
      const now = this.clock.now();
      const ends = new Date(now.getTime() + limit.seconds * 1000);
      const { used, liftsAt } = await this.counts.incrementCount(tx, account.personId, limit.name, now, ends);
      if (used > most) throw this.refusal(limit, most, liftsAt);
    }
  }

  /**
   * Holds what the account has at this moment against a limit of the kind `standing`, together with `more`. Two
   * requests of one account take turns here. The limit of a new account lifts when it is new no longer.
   *
   * @param count what the account has, read after the turn was taken
   * @throws AppError platform.limit_reached
   */
  async holdLimit(tx: Tx, account: LimitedAccount, limit: Limit, more: number, count: () => Promise<number>): Promise<void> {
    const most = this.mostOf(limit, account);
    if (most === null) return;
    const liftsAt = new Date((account.newUntil ?? 0) * 1000);
    await this.counts.lockCount(tx, account.personId, limit.name, liftsAt);
    if ((await count()) + more > most) throw this.refusal(limit, most, liftsAt);
  }

  private refusal(limit: Limit, most: number, liftsAt: Date): Error {
    this.metrics.counter('limitsReached').inc({ limit: limit.name });
    return limitReached(limit, most, liftsAt, this.clock.now());
  }

  private mostOf({ name }: Limit, { newUntil }: LimitedAccount): number | null {
    const figures = this.figures.get(name);
    return (newUntil === null ? figures?.most : figures?.mostWhenNew) ?? null;
  }
}
