import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import { Database, type Tx } from '@muster/platform/database/database';
import { OnTimer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Timers } from '@muster/platform/timers/timers';
import type { AuthEnv } from '../config';
import { KeyRotation } from './key-rotation';

export const ROTATE_KEYS = 'auth.rotate_keys';
const EVERY_MS = 3_600_000;

/** Looks each hour whether a key is old enough to be followed, or to go. */
@Injectable()
@OnTimer(ROTATE_KEYS)
export class RotateKeys implements TimerHandler, OnApplicationBootstrap {
  constructor(
    private readonly rotation: KeyRotation,
    private readonly timers: Timers,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction((tx) => this.scheduleAt(tx, this.clock.now()));
  }

  async fire(tx: Tx): Promise<void> {
    const now = this.clock.now();
    await this.rotation.rotate(tx, now, this.config.KEY_DAYS);
    await this.scheduleAt(tx, new Date(now.getTime() + EVERY_MS));
  }

  private async scheduleAt(tx: Tx, at: Date): Promise<void> {
    await this.timers.schedule(tx, { kind: ROTATE_KEYS, key: 'all', at });
  }
}
