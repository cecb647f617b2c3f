import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Topic } from '@muster/contracts/notification/views';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { PreferencesRepository } from './preferences.repository';
import { withDefaults, type Channel } from './preferences.rules';

/** Where a person wants to hear of a topic. */
@Injectable()
export class ChannelsOfPerson {
  constructor(private readonly preferences: PreferencesRepository) {}

  async for(tx: Tx, person: PersonId, topic: Topic): Promise<readonly Channel[]> {
    const chosen = await this.preferences.chosenIn(tx, person);
    return withDefaults(chosen).find((one) => one.topic === topic)?.channels ?? [];
  }
}
