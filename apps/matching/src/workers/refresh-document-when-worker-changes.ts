import { accountActivated, accountErased, hatsChanged } from '@muster/contracts/auth/events';
import type { Envelope } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import type { Card } from '@muster/contracts/user/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Consume, isEvent, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { CardLoader } from './card-loader';
import { WorkerProjection } from './worker-projection';

/**
 * Stores the facts of auth and user about a person, each stream apart with its version, and makes the worker document
 * while all facts are there. The streams have no order among each other, and none is needed.
 */
@Consume({
  name: 'refresh-document-when-worker-changes',
  events: [accountActivated, hatsChanged, accountErased, workerProfileChanged, availabilityChanged],
  projection: true,
})
@Injectable()
export class RefreshDocumentWhenWorkerChanges implements EventConsumer<Card | undefined> {
  constructor(
    private readonly cards: CardLoader,
    private readonly projection: WorkerProjection,
    private readonly clock: Clock,
  ) {}

  /** Loads the current name and photo; a later change of them comes with a later event. */
  async prepare(event: Envelope): Promise<Card | undefined> {
    return isEvent(event, workerProfileChanged) ? this.cards.loadCard(event.aggregateId as PersonId) : undefined;
  }

  prepareAll(events: readonly Envelope[]): Promise<Array<Card | undefined>> {
    return Promise.all(events.map((event) => this.prepare(event)));
  }

  async apply(tx: Tx, event: Envelope, card: Card | undefined): Promise<void> {
    const personId = event.aggregateId as PersonId;
    const now = this.clock.now();
    if (!(await this.projection.lockWorker(tx, personId))) return;
    if (isEvent(event, accountErased)) return this.projection.eraseWorker(tx, personId, now);
    if (!(await this.keep(tx, event, card, now))) return;
    await this.projection.remakeDocument(tx, personId, now);
  }

  forgetVersions(tx: Tx): Promise<boolean> {
    return this.projection.forgetVersions(tx);
  }

  deleteUnlisted(tx: Tx): Promise<boolean> {
    return this.projection.deleteUnlisted(tx, this.clock.now());
  }

  private async keep(tx: Tx, event: Envelope, card: Card | undefined, now: Date): Promise<boolean> {
    const at = { personId: event.aggregateId as PersonId, version: event.aggregateVersion, now };
    if (isEvent(event, accountActivated)) {
      const { adult, hats } = event.data;
      const isNew = await this.projection.keepFacts(tx, at, 'account', { adult });
      return (await this.projection.keepFacts(tx, at, 'hats', { hats })) || isNew;
    }
    if (isEvent(event, hatsChanged)) return this.projection.keepFacts(tx, at, 'hats', event.data);
    if (isEvent(event, availabilityChanged)) return this.projection.keepFacts(tx, at, 'availability', event.data);
    if (!isEvent(event, workerProfileChanged)) return false;
    return this.projection.keepFacts(tx, at, 'profile', {
      ...event.data,
      displayName: card?.displayName ?? null,
      photoId: card?.photoId ?? null,
    });
  }
}
