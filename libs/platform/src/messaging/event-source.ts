import type { Envelope, Epoch, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';

export type EventsRead =
  | { readonly kind: 'events'; readonly head: Head; readonly events: readonly Envelope[] }
  | { readonly kind: 'foreignEpoch' | 'beyondHead' }
  /** Numbers below `firstKept` are gone. */
  | { readonly kind: 'tooOld'; readonly firstKept: number };

export interface SnapshotRow {
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly facts: ReadonlyArray<{ readonly type: string; readonly data: unknown }>;
}

export interface SnapshotPage {
  readonly head: Head;
  readonly rows: readonly SnapshotRow[];
  readonly next: string | null;
}

/** Other services' `/internal/v1/events` and `/internal/v1/snapshot`, however they are reached. */
export interface EventSource {
  /**
   * @param epoch undefined when the reader knows none yet
   * @throws Error when the producer does not answer
   */
  readEvents(producer: ServiceName, after: number, epoch: Epoch | undefined, limit: number): Promise<EventsRead>;
  /** Undefined when the producer offers no snapshot of that aggregate. */
  readSnapshotPage(producer: ServiceName, aggregate: string, after: string | undefined, limit: number): Promise<SnapshotPage | undefined>;
}
