import type { OutputOf } from '@muster/contracts/kernel/route';
import type { readJob } from '@muster/contracts/matching/jobs.routes';
import type { jobSummary } from '@muster/contracts/matching/views';
import { place, placeLabel, placeLabelHi } from '@muster/reference/places';
import type { z } from 'zod';
import { WIDEST_RADIUS_KM } from '../site/distance.rules';
import type { JobRow } from './job.schema';
import type { LineRow, WholeJob } from './jobs.repository';

type JobView = OutputOf<typeof readJob>;

/**
 * The name of a place. Places are never removed from the gazetteer; if an id were unknown nevertheless, the id itself
 * is shown.
 */
export function placeNameOf(placeId: string): string {
  const site = place(placeId);
  return site ? placeLabel(site) : placeId;
}

export function placeNameHiOf(placeId: string): string | null {
  const site = place(placeId);
  return site ? placeLabelHi(site) : null;
}

/** Shortens PostgreSQL's `07:30:00` to `07:30`. */
export function minutesOf(time: string): string {
  return time.slice(0, 5);
}

export function summaryOf(job: JobRow): z.input<typeof jobSummary> {
  return {
    jobId: job.job_id,
    state: job.state,
    title: job.title,
    placeId: job.place_id,
    placeName: placeNameOf(job.place_id),
    placeNameHi: placeNameHiOf(job.place_id),
    zone: job.zone,
    firstDay: job.first_day,
    lastDay: job.last_day,
    places: job.places,
    filled: job.filled,
    version: job.version,
    createdAt: job.created_at.toISOString(),
  };
}

export function viewOf({ job, lines, slots, waiting }: WholeJob): JobView {
  return {
    ...summaryOf(job),
    description: job.description,
    radiusKm: job.radius_km > WIDEST_RADIUS_KM ? null : job.radius_km,
    lines: lines.map((line) => ({
      ...lineOf(line, job.currency),
      slots: slots
        .filter((slot) => slot.line_id === line.line_id)
        .map((slot) => ({ slotId: slot.slot_id, state: slot.state, worker: slot.worker })),
      invites: waiting
        .filter((invite) => invite.line_id === line.line_id)
        .map((invite) => ({
          inviteId: invite.invite_id,
          worker: invite.worker,
          state: invite.state,
          expiresAt: invite.expires_at.toISOString(),
        })),
    })),
  };
}

function lineOf(line: LineRow, currency: string): Omit<JobView['lines'][number], 'slots' | 'invites'> {
  return {
    lineId: line.line_id,
    trade: line.trade,
    minimumLevel: line.minimum_level,
    count: line.count,
    filled: line.filled,
    days: line.days,
    startsAt: minutesOf(line.starts_at),
    endsAt: minutesOf(line.ends_at),
    pay: { amount: line.pay_amount, currency: currency as 'INR', basis: line.pay_basis },
    language: line.language as JobView['lines'][number]['language'],
  };
}
