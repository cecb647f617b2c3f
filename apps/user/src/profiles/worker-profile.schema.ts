import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Money } from '@muster/contracts/kernel/money';
import type { PlaceId } from '@muster/contracts/kernel/place';
import type { Zone } from '@muster/contracts/kernel/time';
import type { workerProfileInput, Skill } from '@muster/contracts/user/views';
import type { z } from 'zod';

export type Languages = z.output<typeof workerProfileInput>['languages'];

export interface WorkerProfileTables {
  people: { person_id: PersonId; display_name: string | null; joined_at: Date };
  worker_profiles: {
    person_id: PersonId;
    place_id: PlaceId;
    home_latitude: number;
    home_longitude: number;
    jitter_north: number;
    jitter_east: number;
    zone: Zone;
    travel_radius_km: number;
    currency: Money['currency'];
    day_rate: number;
    floor_rate: number | null;
    languages: Languages;
    version: number;
    created_at: Date;
    updated_at: Date;
  };
  skills: { person_id: PersonId } & Skill;
}
