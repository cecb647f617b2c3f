import type { ColumnType, Generated } from 'kysely';

type Json<Value> = ColumnType<Value, string, string>;

export type SourceName = 'account' | 'hats' | 'profile' | 'availability';

export interface WorkerDocumentsTable {
  person_id: string;
  display_name: string;
  photo_id: string | null;
  cell_latitude: number;
  cell_longitude: number;
  zone: string;
  travel_radius_km: number;
  skills: Json<ReadonlyArray<{ trade: string; level: number; years: number }>>;
  currency: string;
  day_rate: number;
  floor_rate: number;
  languages: string[];
  weekly: number[];
  exceptions: Json<ReadonlyArray<{ date: string; free: boolean }>>;
  free_until: Date | null;
  availability_updated_at: Date;
  joined_at: Date;
  changed_at: Date;
}

/** Who took the worker's hat off. */
interface HatsOffTable {
  worker: string;
  since: Date;
}

export interface WorkerTables {
  hats_off: HatsOffTable;
  people: { person_id: string; erased_at: Date | null };
  worker_sources: { person_id: string; source: SourceName; version: number; facts: Json<unknown>; changed_at: Date };
  worker_documents: WorkerDocumentsTable;
  worker_changes: { position: Generated<number>; person_id: string; added_at: Generated<Date>; number: number | null };
  worker_change_numbering: { only_row: Generated<boolean>; epoch: string; head: number };
}
