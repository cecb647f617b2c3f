import type { CallInput } from '../../lib/api/client';
import { paiseOf } from '../../lib/format/format';
import type { Format } from '../../lib/format/use-format';
import type { ContractFields } from '../../lib/forms/contract-fields';
import { dayPay } from '../../lib/forms/day-pay';
import { placeField, type Place } from '../../ui/place';

export interface LineDraft {
  trade: string;
  minimumLevel: number;
  count: number;
  /** As typed, in rupees a day. */
  pay: string;
}

/** A job as it is typed. The form asks once for days and hours; the contract has them per line, so each line is given the same. */
export interface JobDraft {
  title: string;
  description: string;
  place: Place | null;
  days: readonly string[];
  startsAt: string;
  endsAt: string;
  lines: LineDraft[];
}

export const MOST_LINES = 12;

export function emptyLine(): LineDraft {
  return { trade: '', minimumLevel: 2, count: 1, pay: '' };
}

export function emptyJob(): JobDraft {
  return { title: '', description: '', place: null, days: [], startsAt: '09:00', endsAt: '18:00', lines: [emptyLine()] };
}

/** Makes a draft that was kept on an earlier day fit for today, by leaving out the days that have passed. */
export function renewJobDraft(kept: JobDraft, today: string): JobDraft {
  return { ...kept, days: kept.days.filter((day) => day >= today) };
}

/** The fields that the form shows of the request; it shows days and hours once, for all lines. */
export function jobFields(format: Pick<Format, 'say' | 'money'>): ContractFields {
  return {
    title: { of: 'title' },
    place: placeField,
    days: { of: 'lines.*.days', words: 'job.fault_days' },
    startsAt: { of: 'lines.*.startsAt' },
    endsAt: { of: 'lines.*.endsAt' },
    'lines.*.trade': { of: 'lines.*.trade', words: 'job.fault_trade' },
    'lines.*.count': { of: 'lines.*.count' },
    'lines.*.pay': { of: 'lines.*.pay', rule: 'lines.*.pay.amount', ...dayPay(format) },
    'lines.*.minimumLevel': { of: 'lines.*.minimumLevel' },
    description: { of: 'description' },
  };
}

export function jobBody(draft: JobDraft): CallInput<'matching.describeJob'>['body'] {
  return {
    title: draft.title.trim(),
    description: draft.description.trim() === '' ? null : draft.description,
    placeId: draft.place?.placeId ?? '',
    lines: draft.lines.map(({ trade, minimumLevel, count, pay }) => ({
      trade,
      minimumLevel,
      count,
      days: [...draft.days].sort(),
      startsAt: draft.startsAt,
      endsAt: draft.endsAt,
      pay: { amount: paiseOf(pay) ?? 0, currency: 'INR', basis: 'day' },
    })),
  };
}
