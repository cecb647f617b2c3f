import 'reflect-metadata';
import type { Tx } from '../database/database';

export interface Timer<Payload = unknown> {
  readonly kind: string;
  readonly key: string;
  /** When it was to fire; it may be later now. */
  readonly at: Date;
  readonly payload: Payload;
}

export interface TimerHandler<Payload = unknown> {
  /**
   * In the transaction that removes the timer: its effect happens once. Throwing fires it again later. May schedule
   * the same kind and key anew.
   */
  fire(tx: Tx, timer: Timer<Payload>): Promise<void>;
}

const KIND = Symbol('muster:on-timer');

/** Makes an injectable class the {@link TimerHandler} of a kind, `invite.expire`. */
export function OnTimer(kind: string): ClassDecorator {
  return (target) => Reflect.defineMetadata(KIND, kind, target);
}

export function timerKindOf(type: object): string | undefined {
  return Reflect.getOwnMetadata(KIND, type) as string | undefined;
}
