import type { PersonId } from '@muster/contracts/kernel/ids';

export interface PeopleTables {
  people: {
    person_id: PersonId;
    display_name: string | null;
    photo_id: string | null;
    joined_at: Date;
    erased_at: Date | null;
  };
}
