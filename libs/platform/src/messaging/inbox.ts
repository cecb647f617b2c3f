import type { Envelope, Epoch } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Injectable } from '@nestjs/common';
import { afterCommit } from '../database/after-commit';
import { Database } from '../database/database';
import { crashPoint } from './crash-points';
import { InboxRepository, type Stream } from './inbox.repository';
import { has, withNumbers } from './sequence-set';

export type Reception =
  /** `contiguous` after filing; `holes` when there are events beyond it. */
  | { readonly kind: 'filed'; readonly contiguous: number; readonly holes: boolean }
  /** No event was stored, because the stream is unknown here or has another epoch. */
  | { readonly kind: 'foreign' };

/** Files received events for their consumers and knows what is missing. */
@Injectable()
export class Inbox {
  private readonly listeners: Array<() => void> = [];

  constructor(
    private readonly database: Database,
    private readonly repository: InboxRepository,
  ) {}

  /** Files those events that are new, in one transaction. When it resolves they can be acknowledged. */
  async receiveEvents(producer: ServiceName, events: readonly Envelope[]): Promise<Reception> {
    crashPoint('receive.before-file');
    const reception = await this.database.transaction(async (tx): Promise<Reception> => {
      const stream = await this.repository.lockStream(tx, producer);
      const mine = events.filter((event) => event.source === producer && event.epoch === stream?.epoch);
      if (!stream || mine.length < events.length) return { kind: 'foreign' };
      const fresh = mine.filter((event) => !has(stream, event.sequence));
      if (fresh.length === 0) return { kind: 'filed', contiguous: stream.contiguous, holes: stream.ahead.length > 0 };
      const readers = await this.repository.listReaders(tx);
      const filings = fresh.flatMap((event) =>
        readers.filter(({ types }) => types.includes(event.type)).map(({ name: consumer }) => ({ consumer, event })),
      );
      if (filings.length > 0) await this.repository.insertEvents(tx, stream.generation, filings);
      crashPoint('receive.after-file');
      const received = withNumbers(stream, fresh.map((event) => event.sequence));
      await this.repository.advanceStream(tx, stream, received);
      crashPoint('receive.after-advance');
      if (received.contiguous > stream.contiguous) {
        await this.repository.openPartitions(tx, stream, received.contiguous);
        afterCommit(tx, () => this.listeners.forEach((wake) => wake()));
      }
      return { kind: 'filed', contiguous: received.contiguous, holes: received.ahead.length > 0 };
    });
    crashPoint('receive.after-commit');
    return reception;
  }

  findStream(producer: ServiceName): Promise<Stream | undefined> {
    return this.repository.findStream(producer);
  }

  /** Starts a stream, in which everything up to `contiguous` of this epoch counts as read, in place of `known`. */
  async beginStream(known: Stream | undefined, next: { producer: ServiceName; epoch: Epoch; contiguous: number }): Promise<void> {
    await this.database.transaction((tx) => this.repository.beginStream(tx, known, next));
  }

  /** Gives up what is missing up to `contiguous`: the producer keeps it no longer. */
  async skipStreamTo(producer: ServiceName, contiguous: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const stream = await this.repository.lockStream(tx, producer);
      if (!stream || stream.contiguous >= contiguous) return;
      const received = withNumbers({ ...stream, contiguous }, []);
      await this.repository.advanceStream(tx, stream, received);
      await this.repository.openPartitions(tx, stream, received.contiguous);
    });
    this.listeners.forEach((wake) => wake());
  }

  /** Calls `wake` when events became ready for their consumers by this process. */
  onReady(wake: () => void): void {
    this.listeners.push(wake);
  }
}
