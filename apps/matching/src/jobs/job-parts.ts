import { civilDateAt, endOfWork, hasBegun, startOfWork, type WorkHours } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf } from '@muster/contracts/kernel/route';
import type { JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import type { describeJob } from '@muster/contracts/matching/jobs.routes';
import { newId } from '@muster/platform/kernel/ids';
import type { Place } from '@muster/reference/places';
import { checkedDays } from '../site/days.rules';
import { radiusKmOf } from '../site/distance.rules';
import { knownPlace, requireTrade } from '../site/known-site.rules';
import { oneCurrency, requireSensiblePay } from './job-input.rules';
import type { NewJob, NewLine, SlotRow } from './jobs.repository';

export type Described = InputOf<typeof describeJob>['body'];

export interface JobParts {
  readonly job: Omit<NewJob, 'version'> & { readonly first_start: Date; readonly last_end: Date };
  readonly lines: readonly NewLine[];
  readonly slots: readonly SlotRow[];
}

/**
 * Makes the rows of a described job.
 *
 * @throws AppError for faults that a schema cannot see: an unknown place or trade, days that have begun, pay that must
 * be a typing error
 */
export function partsOf(contractor: PersonId, body: Described, now: Date): JobParts {
  const site = knownPlace(body.placeId);
  const [first, ...rest] = body.lines.map((line) => line.pay.currency);
  const currency = oneCurrency([first ?? 'INR', ...rest]);
  const jobId = newId<JobId>();
  const described = body.lines.map((line, index) => {
    const hours = { startsAt: line.startsAt, endsAt: line.endsAt, zone: site.zone };
    return { hours, row: rowOf(line, { jobId, index, hours, now, site }) };
  });
  const lines = described.map(({ row }) => row);
  const days = lines.flatMap((line) => line.days).sort();
  const spans = described.flatMap(({ hours, row }) => row.days.map((day) => [startOfWork(day, hours), endOfWork(day, hours)] as const));
  const job = {
    job_id: jobId,
    contractor,
    state: 'draft' as const,
    title: body.title,
    description: body.description,
    place_id: site.id,
    zone: site.zone,
    site_latitude: site.point.latitude,
    site_longitude: site.point.longitude,
    radius_km: radiusKmOf(body.radiusKm),
    currency,
    first_day: days[0] as string,
    last_day: days.at(-1) as string,
    first_start: new Date(Math.min(...spans.map(([start]) => start))),
    last_end: new Date(Math.max(...spans.map(([, end]) => end))),
    places: lines.reduce((sum, line) => sum + line.count, 0),
    created_at: now,
  };
  return { job, lines, slots: lines.flatMap(slotsOf) };
}

function rowOf(
  line: Described['lines'][number],
  { jobId, index, hours, now, site }: { jobId: JobId; index: number; hours: WorkHours; now: Date; site: Place },
): NewLine {
  const at = now.getTime();
  requireTrade(line.trade, `/body/lines/${index}/trade`);
  requireSensiblePay(line.pay, `/body/lines/${index}/pay/amount`);
  const today = civilDateAt(at, site.zone);
  return {
    line_id: newId<LineId>(),
    job_id: jobId,
    place_in_job: index,
    trade: line.trade,
    minimum_level: line.minimumLevel,
    count: line.count,
    days: checkedDays(line.days, today, `/body/lines/${index}/days`, (date) => hasBegun(date, hours, at)),
    starts_at: line.startsAt,
    ends_at: line.endsAt,
    pay_amount: line.pay.amount,
    pay_basis: line.pay.basis,
    language: line.language,
  };
}

function slotsOf(line: NewLine): SlotRow[] {
  return Array.from({ length: line.count }, (_, place_in_line) => ({
    slot_id: newId<SlotId>(),
    line_id: line.line_id,
    place_in_line,
    state: 'open',
    assignment_id: null,
    worker: null,
  }));
}
