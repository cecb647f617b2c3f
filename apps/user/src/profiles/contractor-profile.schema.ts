import type { PersonId } from '@muster/contracts/kernel/ids';
import type { PlaceId } from '@muster/contracts/kernel/place';

export interface ContractorProfileTables {
  people: { person_id: PersonId; display_name: string | null; joined_at: Date };
  contractor_profiles: {
    person_id: PersonId;
    place_id: PlaceId | null;
    version: number;
    created_at: Date;
    updated_at: Date;
  };
}
