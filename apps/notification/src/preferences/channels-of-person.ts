import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Topic } from '@muster/contracts/notification/views';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PreferencesRepository } from './preferences.repository';
import { withDefaults, type Channel } from './preferences.rules';

/** Tells on which channels people want to be notified about a topic. */
@Injectable()
export class ChannelsOfPerson {
  constructor(private readonly preferences: PreferencesRepository) {}

  /** Reads the channels of all people by one query. */
  async channelsOf(tx: Tx, people: readonly PersonId[], topic: Topic): Promise<(person: PersonId) => readonly Channel[]> {
    const chosen = await this.preferences.listChosenOfMany(tx, people);
    return (person) => withDefaults(chosen.get(person) ?? []).find((one) => one.topic === topic)?.channels ?? [];
  }
}
