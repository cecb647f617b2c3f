import type { PayBasis } from '@muster/contracts/kernel/money';
import type { JobState } from '@muster/contracts/matching/views';
import { sql } from 'kysely';

/** A line together with the facts of its job that an invite or an assignment shows. */
export interface LineWithJob {
  line_id: string;
  job_id: string;
  title: string;
  description: string | null;
  place_id: string;
  zone: string;
  currency: string;
  job_state: JobState;
  trade: string;
  minimum_level: number;
  count: number;
  filled: number;
  starts_at: string;
  ends_at: string;
  pay_amount: number;
  pay_basis: PayBasis;
}

/**
 * The lines with their jobs, for statements of other slices, which join them as `l`. Other slices read the tables of jobs
 * here and nowhere else. Besides the columns of `LineWithJob` it has `days`, to be read as `l.days::text[]`.
 */
export const linesWithJobs = sql<LineWithJob>`(
  select lines.line_id, lines.job_id, jobs.title, jobs.description, jobs.place_id, jobs.zone, jobs.currency,
    jobs.state as job_state, lines.trade, lines.minimum_level, lines.count, lines.filled, lines.days,
    lines.starts_at, lines.ends_at, lines.pay_amount, lines.pay_basis
  from lines join jobs on jobs.job_id = lines.job_id
)`;

/**
 * The instants between which work of the line `l` lasts on a `work_day`, by the wall clock of the site. Agrees with
 * contracts/kernel/civil-time to the minute.
 */
export const workOfDay = sql`tstzrange(
  (work_day + l.starts_at) at time zone l.zone,
  (work_day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone l.zone,
  '[)')`;
