import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import type { SlotState } from '@muster/contracts/matching/views';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { JobRow, JobTables } from './job.schema';
import { lineColumns, type LineRow } from './jobs.repository';
import { takeable } from './slot.rules';

export interface OpenSlot {
  readonly slotId: SlotId;
  readonly state: SlotState;
}

export interface FilledSlot extends OpenSlot {
  readonly lineId: LineId;
  readonly worker: PersonId;
  readonly assignmentId: AssignmentId;
}

/**
 * Lines, their slots and their job while places are filled. The lock of a line covers its slots and is taken before the
 * lock of the job. Both are `for no key update`, because inserting rows that refer to them must not wait.
 */
@Injectable()
export class StaffingRepository {
  lockLine(tx: Tx, lineId: LineId): Promise<LineRow | undefined> {
    return lineColumns(tablesOf<JobTables>(tx)).where('line_id', '=', lineId).forNoKeyUpdate().executeTakeFirst();
  }

  lockJob(tx: Tx, jobId: JobId): Promise<JobRow | undefined> {
    return tablesOf<JobTables>(tx).selectFrom('jobs').selectAll().where('job_id', '=', jobId).forNoKeyUpdate().executeTakeFirst();
  }

  /** Whether the line belongs to that job of the contractor. This never changes, so no lock is needed. */
  async isOwnLine(tx: Tx, contractor: PersonId, jobId: JobId, lineId: LineId): Promise<boolean> {
    const found = await tablesOf<JobTables>(tx)
      .selectFrom('lines')
      .innerJoin('jobs', 'jobs.job_id', 'lines.job_id')
      .select('lines.line_id')
      .where('lines.line_id', '=', lineId)
      .where('jobs.job_id', '=', jobId)
      .where('jobs.contractor', '=', contractor)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Locks an open slot of the line; the caller holds the lock of the line. */
  async lockOpenSlot(tx: Tx, lineId: LineId): Promise<OpenSlot | undefined> {
    const slot = await tablesOf<JobTables>(tx)
      .selectFrom('slots')
      .select(['slot_id as slotId', 'state'])
      .where('line_id', '=', lineId)
      .where('state', 'in', takeable)
      .orderBy('place_in_line')
      .limit(1)
      .executeTakeFirst();
    return slot as OpenSlot | undefined;
  }

  async fillSlot(tx: Tx, slotId: SlotId, state: SlotState, assignmentId: AssignmentId, worker: PersonId): Promise<void> {
    await tablesOf<JobTables>(tx)
      .updateTable('slots')
      .set({ state, assignment_id: assignmentId, worker })
      .where('slot_id', '=', slotId)
      .execute();
  }

  /** Locks all lines of the contractor's job, in the order of their ids, and then the job. */
  async lockOwnJob(tx: Tx, contractor: PersonId, jobId: JobId): Promise<{ job: JobRow; lineIds: LineId[] } | undefined> {
    const tables = tablesOf<JobTables>(tx);
    const lines = await tables
      .selectFrom('lines')
      .select('line_id')
      .where('job_id', 'in', tables.selectFrom('jobs').select('job_id').where('job_id', '=', jobId).where('contractor', '=', contractor))
      .orderBy('line_id')
      .forNoKeyUpdate()
      .execute();
    if (lines.length === 0) return undefined;
    const job = await tables
      .selectFrom('jobs').selectAll().where('job_id', '=', jobId).where('contractor', '=', contractor).forNoKeyUpdate().executeTakeFirst();
    return job && { job, lineIds: lines.map(({ line_id }) => line_id as LineId) };
  }

  /** Finds the line of a slot of the contractor's job, which never changes. */
  async findLineOfSlot(tx: Tx, contractor: PersonId, jobId: JobId, slotId: SlotId): Promise<LineId | undefined> {
    const found = await tablesOf<JobTables>(tx)
      .selectFrom('slots')
      .innerJoin('lines', 'lines.line_id', 'slots.line_id')
      .innerJoin('jobs', 'jobs.job_id', 'lines.job_id')
      .select('slots.line_id')
      .where('slots.slot_id', '=', slotId)
      .where('jobs.job_id', '=', jobId)
      .where('jobs.contractor', '=', contractor)
      .executeTakeFirst();
    return found?.line_id as LineId | undefined;
  }

  /** The filled slots of these lines; the caller holds the locks of the lines. */
  async listFilledSlots(tx: Tx, lineIds: readonly LineId[]): Promise<FilledSlot[]> {
    const rows = await tablesOf<JobTables>(tx)
      .selectFrom('slots')
      .select(['slot_id as slotId', 'state', 'line_id as lineId', 'worker', 'assignment_id as assignmentId'])
      .where('line_id', 'in', lineIds)
      .where('assignment_id', 'is not', null)
      .orderBy('slot_id')
      .execute();
    return rows as FilledSlot[];
  }

  /** Frees the slots, and counts the places of their lines anew. */
  async freeSlots(tx: Tx, freed: readonly FilledSlot[], state: SlotState): Promise<void> {
    await tablesOf<JobTables>(tx)
      .updateTable('slots')
      .set({ state, assignment_id: null, worker: null })
      .where('slot_id', 'in', freed.map(({ slotId }) => slotId))
      .execute();
    await sql`
      update lines set filled = (select count(*) from slots where slots.line_id = lines.line_id and slots.assignment_id is not null)
      where line_id = any(${[...new Set(freed.map(({ lineId }) => lineId))]}::uuid[])`.execute(tx);
  }

  async saveFilledCount(tx: Tx, lineId: string, filled: number): Promise<void> {
    await tablesOf<JobTables>(tx).updateTable('lines').set({ filled }).where('line_id', '=', lineId).execute();
  }

  async saveJob(tx: Tx, jobId: JobId, changed: Pick<JobRow, 'state' | 'filled' | 'version'>): Promise<void> {
    await tablesOf<JobTables>(tx).updateTable('jobs').set(changed).where('job_id', '=', jobId).execute();
  }

  /** Lists the workers who hold a slot of the job. */
  async listCrewOf(tx: Tx, jobId: JobId): Promise<PersonId[]> {
    const rows = await tablesOf<JobTables>(tx)
      .selectFrom('slots')
      .innerJoin('lines', 'lines.line_id', 'slots.line_id')
      .select('slots.worker')
      .where('lines.job_id', '=', jobId)
      .where('slots.worker', 'is not', null)
      .orderBy('slots.slot_id')
      .execute();
    return rows.map((row) => row.worker as PersonId);
  }
}
