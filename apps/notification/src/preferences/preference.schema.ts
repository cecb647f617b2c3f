import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Topic } from '@muster/contracts/notification/views';
import type { Channel } from './preferences.rules';

export interface PreferenceTables {
  preferences: { person_id: PersonId; topic: Topic; channels: Channel[] };
  preference_versions: { person_id: PersonId; version: number };
}
