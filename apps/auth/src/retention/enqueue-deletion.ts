import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Tasks, type TaskQueue } from '@muster/platform/tasks/tasks';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Timers } from '@muster/platform/timers/timers';
import { Injectable } from '@nestjs/common';
import { DELETE_EXPIRED_ROWS } from './delete-expired-rows';

const EVERY_MS = 3_600_000;

/** Enqueues the deletion of expired rows each hour. A migration schedules the first timer, every firing the next one. */
@Injectable()
@OnTimer('auth.sweep')
export class EnqueueDeletion implements TimerHandler {
  private readonly queue: TaskQueue;

  constructor(
    private readonly timers: Timers,
    private readonly clock: Clock,
    tasks: Tasks,
  ) {
    this.queue = tasks.queueOf(DELETE_EXPIRED_ROWS);
  }

  async fire(tx: Tx, { kind, key, at }: Timer): Promise<void> {
    await this.queue.enqueueTask(tx, { key: at.toISOString() });
    await this.timers.scheduleTimer(tx, { kind, key, at: new Date(this.clock.now().getTime() + EVERY_MS) });
  }
}
