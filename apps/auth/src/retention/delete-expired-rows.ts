import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Timers } from '@muster/platform/timers/timers';
import type { Cleanup } from './cleanup';

/** `Sweeper[]` */
export const CLEANUPS = Symbol('SWEEPERS');

const EVERY_MS = 3_600_000;

/** The first timer is the migration's. */
@Injectable()
@OnTimer('auth.sweep')
export class DeleteExpiredRows implements TimerHandler {
  constructor(
    @Inject(CLEANUPS) private readonly cleanups: readonly Cleanup[],
    private readonly timers: Timers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async fire(tx: Tx, { kind, key }: Timer): Promise<void> {
    const now = this.clock.now();
    for (const cleanup of this.cleanups) await cleanup.deleteExpired(now);
    await this.timers.scheduleTimer(tx, { kind, key, at: new Date(now.getTime() + EVERY_MS) });
  }
}
