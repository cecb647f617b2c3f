import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { afterCommit } from '../database/after-commit';
import type { Tx } from '../database/database';
import { currentTraceparent } from '../tracing/traceparent';
import { TimersRepository } from './timers.repository';

export interface Schedule {
  /** The kind of a handler with `@OnTimer(kind)`. */
  readonly kind: string;
  /** The subject of the timer; there is one timer per kind and key. */
  readonly key: string;
  readonly at: Date;
  /** JSON, small; ids rather than state, which may change until then. */
  readonly payload?: unknown;
}

/** Things to do at a time, as durable as the rows they are about. */
@Injectable()
export class Timers {
  private readonly listeners: Array<() => void> = [];

  constructor(
    private readonly repository: TimersRepository,
    private readonly clock: Clock,
  ) {}

  /** Sets the timer, or moves it when it is set. */
  async scheduleTimer(tx: Tx, { kind, key, at, payload }: Schedule): Promise<void> {
    await this.repository.putTimer(tx, { kind, key, at, payload, traceparent: currentTraceparent() ?? null });
    if (at <= this.clock.now()) afterCommit(tx, () => this.listeners.forEach((wake) => wake()));
  }

  /** False when it was not set, or has fired. */
  cancelTimer(tx: Tx, kind: string, key: string): Promise<boolean> {
    return this.repository.deleteTimer(tx, kind, key);
  }

  onDue(wake: () => void): void {
    this.listeners.push(wake);
  }
}
