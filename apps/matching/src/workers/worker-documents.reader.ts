import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { bookingsOfWorker } from '../assignments/assignments.reader';
import { pendingInvitesOfWorker } from '../invites/invites.reader';
import type { Booking, WorkerDocument } from '../ranking/worker-document';
import type { WorkerDocumentsTable } from './worker.schema';

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

/** Workers' documents together with their work, as the index and every decision about them see them. */
@Injectable()
export class WorkerDocumentsReader {
  constructor(private readonly database: Database) {}

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
