import type { PersonId } from '@muster/contracts/kernel/ids';
import { readCardsForServices } from '@muster/contracts/user/routes';
import type { Card } from '@muster/contracts/user/views';
import { InternalClient } from '@muster/platform/internal/internal-client';
import { surviving } from '@muster/platform/kernel/surviving';
import { Injectable } from '@nestjs/common';

const MOST_AT_ONCE = 500;
/**
 * Milliseconds for which requests are gathered: long enough for the events of one delivery to share a request, and
 * short beside everything else.
 */
const GATHER_MS = 5;

type Asked = PromiseWithResolvers<Card | undefined>;

/** Loads names and photos from user; single requests are gathered into one call. */
@Injectable()
export class CardLoader {
  private waiting = new Map<PersonId, Asked>();

  constructor(private readonly client: InternalClient) {}

  /** Returns undefined if user has no card of the person. @throws AppError platform.unavailable when user does not answer */
  loadCard(personId: PersonId): Promise<Card | undefined> {
    let asked = this.waiting.get(personId);
    if (!asked) {
      asked = deferred();
      this.waiting.set(personId, asked);
      if (this.waiting.size === 1) setTimeout(surviving('fetch of cards', () => this.fetch()), GATHER_MS);
      if (this.waiting.size === MOST_AT_ONCE) void this.fetch();
    }
    return asked.promise;
  }

  private async fetch(): Promise<void> {
    const batch = this.waiting;
    if (batch.size === 0) return;
    this.waiting = new Map();
    try {
      const { items } = await this.client.call(readCardsForServices, 'user', { body: { ids: [...batch.keys()] } });
      const cards = new Map(items.map((card) => [card.personId, card]));
      for (const [personId, asked] of batch) asked.resolve(cards.get(personId));
    } catch (error) {
      for (const asked of batch.values()) asked.reject(error);
    }
  }
}

interface PromiseWithResolvers<Value> {
  promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

function deferred(): Asked {
  const asked = {} as Asked;
  asked.promise = new Promise((resolve, reject) => Object.assign(asked, { resolve, reject }));
  return asked;
}
