import type { PersonId } from '@muster/contracts/kernel/ids';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { SearchableFacts } from './searchable.rules';
import type { WorkerTables } from './worker.schema';

@Injectable()
export class WorkerDocumentsRepository {
  async saveDocument(tx: Tx, personId: PersonId, facts: SearchableFacts, now: Date): Promise<void> {
    const { profile, availability } = facts;
    const row = {
      display_name: facts.displayName,
      photo_id: facts.photoId,
      cell_latitude: profile.cell.latitude,
      cell_longitude: profile.cell.longitude,
      zone: profile.zone,
      travel_radius_km: profile.travelRadiusKm,
      skills: JSON.stringify(profile.skills),
      currency: profile.dayRate.currency,
      day_rate: profile.dayRate.amount,
      floor_rate: profile.floorRate.amount,
      languages: profile.languages,
      weekly: availability.weekly,
      exceptions: JSON.stringify(availability.exceptions),
      free_until: availability.freeUntil === null ? null : new Date(availability.freeUntil),
      availability_updated_at: new Date(availability.updatedAt),
      joined_at: new Date(profile.joinedAt),
      changed_at: now,
    };
    await tablesOf<WorkerTables>(tx)
      .insertInto('worker_documents')
      .values({ person_id: personId, ...row })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
      .execute();
  }

  async deleteDocument(tx: Tx, personId: PersonId): Promise<void> {
    await tablesOf<WorkerTables>(tx).deleteFrom('worker_documents').where('person_id', '=', personId).execute();
  }
}
