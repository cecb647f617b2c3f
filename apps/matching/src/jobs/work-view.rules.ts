import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { minutesOf, placeNameHiOf, placeNameOf } from './job-view.rules';
import type { LineWithJob } from './lines.reader';
import { payPerDay } from './pay.rules';

/** What the views of an invite and of an assignment show of the work. */
type Work = Omit<LineWithJob, 'job_state' | 'minimum_level' | 'count' | 'filled'> & { worker: string; contractor: string };

/** @param days those that the worker is asked for or has promised */
export function workView(row: Work, days: string[]) {
  const pay = { amount: row.pay_amount, currency: row.currency as 'INR', basis: row.pay_basis };
  const [startsAt, endsAt] = [minutesOf(row.starts_at), minutesOf(row.ends_at)];
  return {
    jobId: row.job_id,
    lineId: row.line_id,
    contractor: row.contractor,
    title: row.title,
    description: row.description,
    trade: row.trade,
    placeName: placeNameOf(row.place_id),
    placeNameHi: placeNameHiOf(row.place_id),
    zone: row.zone,
    days,
    startsAt,
    endsAt,
    pay,
    total: { amount: payPerDay(pay, startsAt, endsAt) * days.length, currency: pay.currency },
    conversationId: conversationOf(row.job_id as JobId, row.worker as PersonId),
  };
}
