import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { bookingsOfWorker, pendingInvitesOfWorker } from '../invites/invites.reader';
import type { SearchableFacts } from './searchable.rules';
import type { Booking, WorkerDocument } from './worker-document';
import type { WorkerDocumentsTable, WorkerTables } from './worker.schema';

/** A document of the index, and the facts that only the answer shows. */
export interface LoadedWorker {
  readonly document: WorkerDocument;
  readonly displayName: string;
  readonly photoId: string | null;
}

interface WithWork extends Selectable<WorkerDocumentsTable> {
  bookings: Booking[] | null;
  pending_invites: number;
}

@Injectable()
export class WorkerDocumentsRepository {
  constructor(private readonly database: Database) {}

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

  /** Reads the documents of these people as far as they exist, within `tx` if it is given. */
  async listDocumentsOf(personIds: readonly PersonId[], tx?: Tx): Promise<LoadedWorker[]> {
    const { rows } = await sql<WithWork>`
      ${withWork} where d.person_id = any(${personIds}::uuid[])`.execute(tx ?? this.database.query());
    return rows.map(loaded);
  }

  /** Reads a page of all documents in the order of person ids. */
  async pageOfDocuments(after: PersonId | undefined, limit: number): Promise<LoadedWorker[]> {
    const { rows } = await sql<WithWork>`
      ${withWork} where d.person_id > ${after ?? NOBODY} order by d.person_id limit ${limit}`.execute(this.database.query());
    return rows.map(loaded);
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

// Bookings and waiting invites are read from the tables in which they are decided, so that no copy can disagree.
const withWork = sql`
  select d.*, ${bookingsOfWorker} as bookings, ${pendingInvitesOfWorker} as pending_invites from worker_documents d`;

function loaded(row: WithWork): LoadedWorker {
  const calendarUpdatedAt = row.availability_updated_at.toISOString();
  const document = {
    personId: row.person_id,
    active: true,
    adult: true,
    cell: { latitude: row.cell_latitude, longitude: row.cell_longitude },
    travelRadiusKm: row.travel_radius_km,
    skills: row.skills,
    floorPay: row.floor_rate,
    askPay: row.day_rate,
    languages: row.languages,
    availability: {
      weekly: row.weekly,
      exceptions: row.exceptions,
      freeUntil: row.free_until?.toISOString() ?? null,
      bookings: row.bookings ?? [],
    },
    preferredDays: null,
    pendingInvites: row.pending_invites,
    calendarUpdatedAt,
    // Nothing is counted yet, so every term takes its prior, whatever the day.
    stats: {
      asOf: calendarUpdatedAt.slice(0, 10),
      reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0,
    },
    verifications: 0,
    blocks: [],
    joinedAt: row.joined_at.toISOString(),
  };
  // The rows were validated by the events' schemas, whose brands they therefore carry.
  return { document: document as unknown as WorkerDocument, displayName: row.display_name, photoId: row.photo_id };
}
