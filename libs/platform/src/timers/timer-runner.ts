import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { backoffMs } from '../kernel/backoff';
import { isError } from '../kernel/is-error';
import { Loop } from '../kernel/loop';
import { crashPoint } from '../messaging/crash-points';
import { DataObserver } from '../messaging/observer';
import { withTraceparent } from '../tracing/traceparent';
import type { TimerHandler } from './on-timer';
import { Timers } from './timers';
import { TimersRepository, type TimerRow } from './timers.repository';

const AT_ONCE = 4;
/** No timer is later than this for nobody having looked; one that is due at once wakes the loop. */
const IDLE_MS = 2000;
const RETRY_BASE_MS = 1000;
const RETRY_MAX_MS = 300_000;

/** Fires due timers: each once, by any replica, late rather than never. */
@Injectable()
export class TimerRunner {
  private readonly handlers = new Map<string, TimerHandler>();
  private readonly inProgress = new Set<Promise<unknown>>();
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    private readonly repository: TimersRepository,
    private readonly clock: Clock,
    private readonly observer: DataObserver,
    timers: Timers,
  ) {
    const onError = (error: unknown) => this.observer.failed('timers', error);
    this.loop = new Loop({ step: () => this.step(), busyMs: 100, idleMs: IDLE_MS, onError });
    timers.onDue(() => this.loop.wake());
  }

  /** @throws Error when two handlers are of one kind */
  registerHandler(kind: string, handler: TimerHandler): void {
    if (this.handlers.has(kind)) throw new Error(`two handlers of timer ${kind}`);
    this.handlers.set(kind, handler);
  }

  start(): void {
    if (this.handlers.size > 0) this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /**
   * Fires everything that is due now, failures once, and waits for what the loop has taken already. For tests that moved
   * the clock.
   */
  async runDueTimers(): Promise<void> {
    while ((await this.fireNext()) !== 'none');
    await Promise.allSettled(this.inProgress);
  }

  /** Seconds by which the oldest due timer is late; 0 if none is due. */
  async lagSeconds(): Promise<number> {
    const now = this.clock.now();
    const oldest = await this.repository.findOldestDue(now);
    return oldest ? (now.getTime() - oldest.getTime()) / 1000 : 0;
  }

  private async step(): Promise<boolean> {
    // One look, before the transactions that take the timers: nearly always nothing is due.
    if (!(await this.repository.findOldestDue(this.clock.now()))) return false;
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => this.fireNext()));
    return outcomes.some((outcome) => outcome !== 'none');
  }

  private async fireNext(): Promise<'done' | 'failed' | 'none'> {
    const attempt = this.takeAndFire();
    this.inProgress.add(attempt);
    return attempt.finally(() => this.inProgress.delete(attempt));
  }

  private async takeAndFire(): Promise<'done' | 'failed' | 'none'> {
    const attempt: { timer?: TimerRow | undefined } = {};
    try {
      await this.database.transaction(async (tx) => {
        attempt.timer = await this.repository.takeDueTimers(tx, [...this.handlers.keys()], this.clock.now());
        if (attempt.timer) await this.fire(attempt.timer, tx);
      });
    } catch (error) {
      if (!attempt.timer) throw error;
      await this.failed(attempt.timer, error);
      return 'failed';
    }
    if (!attempt.timer) return 'none';
    crashPoint('timer.after-commit');
    this.observer.timerFired(attempt.timer.kind, 'done');
    return 'done';
  }

  private async fire(timer: TimerRow, tx: Parameters<TimerHandler['fire']>[0]): Promise<void> {
    crashPoint('timer.after-take');
    const { kind, key, at, payload } = timer;
    await withTraceparent(timer.traceparent ?? undefined, async () => this.handlers.get(kind)?.fire(tx, { kind, key, at, payload }));
    crashPoint('timer.after-fire');
  }

  private async failed(timer: TimerRow, error: unknown): Promise<void> {
    this.observer.timerFired(timer.kind, 'failed', error);
    const pauseMs = RETRY_BASE_MS + backoffMs(timer.attempts + 1, RETRY_BASE_MS, RETRY_MAX_MS);
    const words = (isError(error) ? error.message : String(error)).slice(0, 500);
    await this.repository.postponeTimer(timer, new Date(this.clock.now().getTime() + pauseMs), words);
  }
}
