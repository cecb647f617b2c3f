import { Inject, Injectable } from '@nestjs/common';
import { civilDateAt, hasBegun } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { jobChanged } from '@muster/contracts/matching/events';
import type { JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import type { describeJob } from '@muster/contracts/matching/jobs.routes';
import type { JobState } from '@muster/contracts/matching/views';
import { Clock } from '@muster/platform/clock/clock';
import { Idempotency, type Once } from '@muster/platform/database/idempotency';
import { newId } from '@muster/platform/kernel/ids';
import { Outbox } from '@muster/platform/messaging/outbox';
import { StepLog } from '../states/step-log';
import { checkedDays, oneCurrency, requireSensiblePay } from './job-input.rules';
import { viewOf } from './job-view.rules';
import { JobsRepository, type NewJob, type NewLine, type SlotRow } from './jobs.repository';
import { knownPlace, requireTrade } from './known-site.rules';

type Described = InputOf<typeof describeJob>['body'];
type JobParts = { job: Omit<NewJob, 'version'>; lines: NewLine[]; slots: SlotRow[] };

const described = { from: null, to: 'draft' satisfies JobState, actor: 'contractor', reason: 'described' } as const;

@Injectable()
export class DescribeJob {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    private readonly jobs: JobsRepository,
    private readonly steps: StepLog,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute(contractor: PersonId, body: Described, once: Once): Promise<OutputOf<typeof describeJob>> {
    return this.idempotency.once(once, async (tx) => {
      const { job, lines, slots } = this.partsOf(contractor, body);
      const jobId = job.job_id as JobId;
      const version = await this.outbox.add(tx, jobChanged, {
        aggregateId: jobId,
        data: { jobId, contractor, state: job.state, places: job.places, filled: 0 },
        recipients: [contractor],
      });
      await this.jobs.insert(tx, { ...job, version }, lines, slots);
      await this.steps.add(tx, [{ subject: 'job', subjectId: jobId, step: described }]);
      const whole = await this.jobs.whole(tx, contractor, jobId);
      if (!whole) throw new Error('the job just written is not there');
      return viewOf(whole);
    });
  }

  private partsOf(contractor: PersonId, body: Described): JobParts {
    const site = knownPlace(body.placeId);
    const now = this.clock.now().getTime();
    const today = civilDateAt(now, site.zone);
    const [first, ...rest] = body.lines.map((line) => line.pay.currency);
    const currency = oneCurrency([first ?? 'INR', ...rest]);
    const jobId = newId<JobId>();
    const lines = body.lines.map((line, index): NewLine => {
      requireTrade(line.trade, `/body/lines/${index}/trade`);
      requireSensiblePay(line.pay, `/body/lines/${index}/pay/amount`);
      const hours = { startsAt: line.startsAt, endsAt: line.endsAt, zone: site.zone };
      const days = checkedDays(line.days, today, `/body/lines/${index}/days`, (date) => hasBegun(date, hours, now));
      return {
        line_id: newId<LineId>(),
        job_id: jobId,
        place_in_job: index,
        trade: line.trade,
        minimum_level: line.minimumLevel,
        count: line.count,
        days,
        starts_at: line.startsAt,
        ends_at: line.endsAt,
        pay_amount: line.pay.amount,
        pay_basis: line.pay.basis,
        language: line.language,
      };
    });
    const days = lines.flatMap((line) => line.days).sort();
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
      radius_km: body.radiusKm,
      currency,
      first_day: days[0] as string,
      last_day: days.at(-1) as string,
      places: lines.reduce((sum, line) => sum + line.count, 0),
      created_at: this.clock.now(),
    };
    return { job, lines, slots: lines.flatMap(slotsOf) };
  }
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
