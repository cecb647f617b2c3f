import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Timers } from '@muster/platform/timers/timers';
import { Injectable } from '@nestjs/common';
import { KeyLifecycle } from './key-lifecycle';

const EVERY_MS = 3_600_000;

/** Renews the keys each hour. A migration schedules the first timer, every firing the next one. */
@Injectable()
@OnTimer('auth.rotate_keys')
export class RotateKeys implements TimerHandler {
  constructor(
    private readonly rotation: KeyLifecycle,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  async fire(tx: Tx, { kind, key }: Timer): Promise<void> {
    const now = this.clock.now();
    await this.rotation.renewKeys(tx, now);
    await this.timers.scheduleTimer(tx, { kind, key, at: new Date(now.getTime() + EVERY_MS) });
  }
}
