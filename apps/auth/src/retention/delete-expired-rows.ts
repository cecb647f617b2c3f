import { Clock } from '@muster/platform/clock/clock';
import { OnTask, type TaskHandler } from '@muster/platform/tasks/on-task';
import { defineTaskKind } from '@muster/platform/tasks/task-kind';
import { Inject, Injectable } from '@nestjs/common';
import type { Cleanup } from './cleanup';

/** The injection token of all cleanups, `Cleanup[]`. */
export const CLEANUPS = Symbol('CLEANUPS');

export const DELETE_EXPIRED_ROWS = defineTaskKind({ kind: 'auth.delete_expired_rows', concurrency: 1, attempts: 5, timeoutMs: 20_000 });

/**
 * Deletes the rows that no slice of auth needs any more. The work is a task, because each cleanup commits in batches of its
 * own: inside the transaction of a timer it would hold one connection of the pool while waiting for a second one.
 */
@Injectable()
@OnTask(DELETE_EXPIRED_ROWS)
export class DeleteExpiredRows implements TaskHandler {
  constructor(
    @Inject(CLEANUPS) private readonly cleanups: readonly Cleanup[],
    private readonly clock: Clock,
  ) {}

  async work(): Promise<void> {
    const now = this.clock.now();
    for (const cleanup of this.cleanups) await cleanup.deleteExpired(now);
  }
}
