import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Weekday, CivilDate } from '@muster/contracts/kernel/time';

export interface AvailabilityTables {
  availability: { person_id: PersonId; weekly: Weekday[]; free_until: Date | null; version: number; updated_at: Date };
  availability_exceptions: { person_id: PersonId; date: CivilDate; free: boolean };
  booked_days: { person_id: PersonId; assignment_id: string; date: CivilDate };
}
