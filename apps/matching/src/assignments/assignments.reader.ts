import { sql } from 'kysely';
import { workOfDay } from '../jobs/lines.reader';

/** The booked days of the worker `d.person_id`, as a JSON array of ranges; null when there are none. */
export const bookingsOfWorker = sql`(
  select json_agg(json_build_object('from', day, 'to', day) order by day)
  from assignment_days where worker = d.person_id and day >= current_date - 2 and not given_up
)`;

/** The days that were promised by accepting the invite `i`; null if it was not accepted. */
export const promisedDays = sql<string[] | null>`(
  select array_agg(d.day::text order by d.day) from assignments a
  join assignment_days d on d.assignment_id = a.assignment_id where a.invite_id = i.invite_id
)`;

/** Whether the work that came of the invite `i` was cancelled by either side. */
export const calledOff = sql<boolean>`exists (
  select from assignments a where a.invite_id = i.invite_id and a.state in ('cancelled_early', 'cancelled_late')
)`;

/** The days of the line `l` on which the worker of the invite `i`, which waits for an answer, has other work at the same hours. */
export const bookedDays = sql<string[]>`array(
  select work_day::text from unnest(l.days) work_day
  where i.state in ('planned', 'sent', 'seen') and exists (
    select from assignment_days b where b.worker = i.worker and not b.given_up and b.during && ${workOfDay}
  )
)`;

/** Whether work of the line `l` on a `work_day` falls into hours that the assignment takes. */
export const overlapsAssignment = (assignmentId: string) => sql`exists (
  select from assignment_days b where b.assignment_id = ${assignmentId} and b.during && ${workOfDay}
)`;
