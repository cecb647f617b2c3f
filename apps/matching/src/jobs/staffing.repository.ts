import { Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import type { SlotState } from '@muster/contracts/matching/views';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import { sql } from 'kysely';
import type { JobTables } from './job-tables';
import type { JobRow } from './job-tables';
import { takeable } from './slot.rules';

export interface TakenSlot {
  readonly slotId: SlotId;
  readonly state: SlotState;
}

export interface LineCount {
  readonly filled: number;
  readonly count: number;
  readonly lastDay: string;
}

/** Slots, and the counts of lines and jobs that follow them. Locks are taken in the order slot, line, job. */
@Injectable()
export class StaffingRepository {
  /**
   * Locks any open slot of the line. Passes by slots that others are just taking; when only such are left, waits
   * for how those end, so that nobody is refused a place that comes free again.
   */
  async lockOpenSlot(tx: Tx, lineId: LineId): Promise<TakenSlot | undefined> {
    const open = tablesOf<JobTables>(tx)
      .selectFrom('slots')
      .select(['slot_id as slotId', 'state'])
      .where('line_id', '=', lineId)
      .where('state', 'in', takeable)
      .orderBy('place_in_line')
      .limit(1)
      .forUpdate();
    const slot = (await open.skipLocked().executeTakeFirst()) ?? (await open.executeTakeFirst());
    return slot as TakenSlot | undefined;
  }

  async fillSlot(tx: Tx, slotId: SlotId, state: SlotState, assignmentId: AssignmentId, worker: PersonId): Promise<void> {
    const { numUpdatedRows } = await tablesOf<JobTables>(tx)
      .updateTable('slots')
      .set({ state, assignment_id: assignmentId, worker })
      .where('slot_id', '=', slotId)
      .where('state', 'in', takeable)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Error('a locked slot was taken by somebody else');
  }

  /** Counts one more on the line, whose lock it takes. */
  async countOnLine(tx: Tx, lineId: LineId): Promise<LineCount> {
    return tablesOf<JobTables>(tx)
      .updateTable('lines')
      .set((line) => ({ filled: line('filled', '+', 1) }))
      .where('line_id', '=', lineId)
      .returning(['filled', 'count', lastDay])
      .executeTakeFirstOrThrow();
  }

  /** The contractor's line, locked; undefined when there is none or it is somebody else's. */
  lockLine(tx: Tx, contractor: PersonId, jobId: JobId, lineId: LineId): Promise<LineCount | undefined> {
    return tablesOf<JobTables>(tx)
      .selectFrom('lines')
      .innerJoin('jobs', 'jobs.job_id', 'lines.job_id')
      .select(['lines.filled', 'lines.count', lastDay])
      .where('lines.line_id', '=', lineId)
      .where('jobs.job_id', '=', jobId)
      .where('jobs.contractor', '=', contractor)
      .forUpdate('lines')
      .executeTakeFirst();
  }

  lockJob(tx: Tx, jobId: JobId): Promise<JobRow> {
    return tablesOf<JobTables>(tx)
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .forUpdate()
      .executeTakeFirstOrThrow();
  }

  async saveJob(tx: Tx, jobId: JobId, changed: Pick<JobRow, 'state' | 'filled' | 'version'>): Promise<void> {
    await tablesOf<JobTables>(tx).updateTable('jobs').set(changed).where('job_id', '=', jobId).execute();
  }

  /** Everybody who holds a slot of the job. */
  async crewOf(tx: Tx, jobId: JobId): Promise<PersonId[]> {
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

const lastDay = sql<string>`(select max(day) from unnest(lines.days) day)`.as('lastDay');
