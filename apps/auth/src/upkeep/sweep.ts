import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { OnTimer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Timers } from '@muster/platform/timers/timers';

export const SWEEP = 'auth.sweep';
/** `Sweeper[]` */
export const SWEEPERS = Symbol('SWEEPERS');
/** Deletes what nobody needs any more at `now`. */
export type Sweeper = (now: Date) => Promise<void>;

const EVERY_MS = 3_600_000;

@Injectable()
@OnTimer(SWEEP)
export class Sweep implements TimerHandler, OnApplicationBootstrap {
  constructor(
    @Inject(SWEEPERS) private readonly sweepers: readonly Sweeper[],
    private readonly timers: Timers,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction((tx) => this.scheduleIn(tx, EVERY_MS / 60));
  }

  async fire(tx: Tx): Promise<void> {
    for (const sweep of this.sweepers) await sweep(this.clock.now());
    await this.scheduleIn(tx, EVERY_MS);
  }

  private async scheduleIn(tx: Tx, ms: number): Promise<void> {
    await this.timers.schedule(tx, { kind: SWEEP, key: 'all', at: new Date(this.clock.now().getTime() + ms) });
  }
}
