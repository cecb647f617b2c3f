import type { CallInput } from '../../lib/api/client';
import { matchingDescribeJobFields } from '../../lib/api/generated';
import { paiseOf } from '../../lib/format/format';
import { faultOf } from '../../lib/forms/rules';
import type { Say } from '../../lib/i18n/text';
import type { Place } from '../../ui/place-picker';

export interface LineDraft {
  key: string;
  trade: string;
  minimumLevel: number;
  count: number;
  /** As typed, in rupees a day. */
  pay: string;
}

/** Where and when are the job's; the contract keeps days and hours per line, and each line is given them. */
export interface JobDraft {
  title: string;
  description: string;
  place: Place | null;
  days: readonly string[];
  startsAt: string;
  endsAt: string;
  lines: readonly LineDraft[];
}

export function emptyLine(): LineDraft {
  return { key: crypto.randomUUID(), trade: '', minimumLevel: 2, count: 1, pay: '' };
}

export function emptyJob(): JobDraft {
  return { title: '', description: '', place: null, days: [], startsAt: '09:00', endsAt: '18:00', lines: [emptyLine()] };
}

/** What is missing, by field, before the service is asked. */
export function faultsOfDraft(draft: JobDraft, say: Say): Record<string, string> {
  const faults: Record<string, string> = {};
  const title = faultOf(matchingDescribeJobFields['title'], draft.title);
  if (title) faults['title'] = say(title.id, title.values);
  if (draft.place === null) faults['placeId'] = say('profile.fault_place');
  if (draft.days.length === 0) faults['days'] = say('job.fault_days');
  draft.lines.forEach((line, index) => {
    if (line.trade === '') faults[`lines.${index}.trade`] = say('job.fault_trade');
    if (!paiseOf(line.pay)) faults[`lines.${index}.pay.amount`] = say('profile.fault_rate');
  });
  return faults;
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
