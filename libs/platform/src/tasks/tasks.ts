import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { afterCommit } from '../database/after-commit';
import type { Tx } from '../database/database';
import { currentTraceparent } from '../tracing/traceparent';
import type { TaskKind } from './task-kind';
import { TasksRepository } from './tasks.repository';

export interface TaskOrder {
  /** Names the effect. A key that was enqueued before, and is not forgotten yet, is not worked a second time. */
  readonly key: string;
  /** The earliest time of work; at once unless given. */
  readonly at?: Date;
  /** JSON, small; ids rather than contents, for it stays in the row after the task is done. */
  readonly payload?: unknown;
}

/** The queue through which a use case enqueues tasks of one kind. */
export interface TaskQueue {
  /** Writes the task down in the transaction of its cause: it is worked if that commits, and only then. */
  enqueueTask(tx: Tx, order: TaskOrder): Promise<void>;
}

/** Effects outside of the database (mail, push, files), as durable as the rows that cause them. */
@Injectable()
export class Tasks {
  private readonly kinds = new Set<string>();
  private readonly listeners: Array<() => void> = [];

  constructor(
    private readonly repository: TasksRepository,
    private readonly clock: Clock,
  ) {}

  /** To be called by the constructor of whoever enqueues, so that a kind without a handler is refused at the start. */
  queueOf({ kind }: TaskKind): TaskQueue {
    this.kinds.add(kind);
    return { enqueueTask: (tx, order) => this.enqueue(tx, kind, order) };
  }

  /** The kinds that somebody enqueues here. */
  enqueuedKinds(): readonly string[] {
    return [...this.kinds];
  }

  /** Calls `wake` when a task that is due at once was committed by this process. */
  onDue(wake: () => void): void {
    this.listeners.push(wake);
  }

  private async enqueue(tx: Tx, kind: string, { key, at, payload }: TaskOrder): Promise<void> {
    const now = this.clock.now();
    await this.repository.addTask(tx, { kind, key, payload, traceparent: currentTraceparent() ?? null, enqueuedAt: now, dueAt: at ?? now });
    if (!at || at <= now) afterCommit(tx, () => this.listeners.forEach((wake) => wake()));
  }
}
