import type { ServiceName } from '@muster/contracts/kernel/ids';

export type EventOutcome = 'done' | 'failed' | 'parked' | 'overtaken';
export type TaskOutcome = 'done' | 'failed' | 'given_up' | 'overtaken';
export type GapReason = 'start' | 'hole' | 'head' | 'silence' | 'epoch';

/** Called by the background work, for metrics and logs. The default ignores everything. */
export class DataObserver {
  /** @param seconds time of prepare and apply together */
  eventProcessed(_consumer: string, _outcome: EventOutcome, _seconds: number, _error?: unknown): void {}
  /** Facts that were appended to the outbox and have committed, by the types of their events. */
  factsCommitted(_types: readonly string[]): void {}
  relayed(_events: number): void {}
  relayFailed(_error: unknown): void {}
  hintsSent(_count: number): void {}
  gapRead(_producer: ServiceName, _reason: GapReason): void {}
  /** The producer's numbers are not those that were read so far, or older ones are gone. */
  streamBroken(_producer: ServiceName, _why: 'epoch' | 'beyondHead' | 'tooOld'): void {}
  rebuildRows(_projection: string, _count: number): void {}
  timerFired(_kind: string, _outcome: 'done' | 'failed', _error?: unknown): void {}
  /** @param seconds time of work and settling together */
  taskWorked(_kind: string, _outcome: TaskOutcome, _seconds: number, _error?: unknown): void {}
  /** A background round failed and will be repeated. */
  failed(_what: string, _error: unknown): void {}
}
