import 'reflect-metadata';
import type { Tx } from '../database/database';
import type { TaskKind } from './task-kind';

export interface Task<Payload = unknown> {
  readonly kind: string;
  /** Names the effect: an attempt that is repeated has the same key, and hands it on to whoever is asked. */
  readonly key: string;
  readonly payload: Payload;
  readonly enqueuedAt: Date;
}

export interface TaskHandler<Payload = unknown, Result = unknown> {
  /**
   * Brings about the effect, outside of any transaction. Runs again when it throws, when it takes longer than the kind
   * allows, and when the process dies before the task is settled, so that the effect has to bear being repeated.
   *
   * @param signal aborts when the time of the attempt is up; what is still done then counts for nothing
   */
  work(task: Task<Payload>, signal: AbortSignal): Promise<Result>;

  /** Writes down what came of it, in the transaction that marks the task as done. Throwing works the task again. */
  settle?(tx: Tx, task: Task<Payload>, result: Result): Promise<void>;
}

const KIND = Symbol('muster:on-task');

/** Makes an injectable class the {@link TaskHandler} of a kind. */
export function OnTask(kind: TaskKind): ClassDecorator {
  return (target) => Reflect.defineMetadata(KIND, kind, target);
}

export function taskKindOf(type: object): TaskKind | undefined {
  return Reflect.getOwnMetadata(KIND, type) as TaskKind | undefined;
}
