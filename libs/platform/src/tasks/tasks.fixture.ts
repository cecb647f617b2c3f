import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Tx } from '../database/database';
import { OnTask, type Task, type TaskHandler } from './on-task';
import { defineTaskKind } from './task-kind';
import { Tasks, type TaskOrder, type TaskQueue } from './tasks';

export const SEND_CARD = defineTaskKind({ kind: 'matching.send_card', concurrency: 3, attempts: 4, timeoutMs: 20_000 });
export const PRINT_CARD = defineTaskKind({ kind: 'matching.print_card', concurrency: 2, attempts: 2, timeoutMs: 200 });

export const cardTables = 'create table delivered (key text, by_whom text)';

/** Says what it was asked to work, and does it as the test wants. */
abstract class RecordedWork implements TaskHandler {
  readonly asked: string[] = [];
  inWork = 0;
  mostInWork = 0;
  effect: (task: Task, signal: AbortSignal) => Promise<unknown> = () => Promise.resolve();

  async work(task: Task, signal: AbortSignal): Promise<unknown> {
    this.asked.push(task.key);
    this.inWork += 1;
    this.mostInWork = Math.max(this.mostInWork, this.inWork);
    try {
      return await this.effect(task, signal);
    } finally {
      this.inWork -= 1;
    }
  }
}

@Injectable()
@OnTask(SEND_CARD)
export class SendCard extends RecordedWork {
  async settle(tx: Tx, { key }: Task, result: unknown): Promise<void> {
    await sql`insert into delivered values (${key}, ${String(result)})`.execute(tx);
  }
}

@Injectable()
@OnTask(PRINT_CARD)
export class PrintCard extends RecordedWork {}

/** A use case that causes tasks. */
@Injectable()
export class Cards {
  private readonly queues: Readonly<Record<string, TaskQueue>>;

  constructor(tasks: Tasks) {
    this.queues = { send: tasks.queueOf(SEND_CARD), print: tasks.queueOf(PRINT_CARD) };
  }

  async enqueueCard(tx: Tx, what: 'send' | 'print', order: TaskOrder): Promise<void> {
    await this.queues[what]?.enqueueTask(tx, order);
  }
}
