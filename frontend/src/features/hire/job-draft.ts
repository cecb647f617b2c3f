import type { CallInput } from '../../lib/api/client';
import { matchingDescribeJobFields } from '../../lib/api/generated';
import { paiseOf } from '../../lib/format/format';
import { judgeDayPay, payBoundsWords } from '../../lib/forms/day-pay';
import { faultOf } from '../../lib/forms/rules';
import type { Say } from '../../lib/i18n/text';
import type { Place } from '../../ui/place';

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
  /** The same for every try of what is written here, so that a lost answer never makes a second job. */
  attempt: string;
}

export const MOST_LINES = 12;

export function emptyLine(): LineDraft {
  return { key: crypto.randomUUID(), trade: '', minimumLevel: 2, count: 1, pay: '' };
}

export function emptyJob(): JobDraft {
  return { title: '', description: '', place: null, days: [], startsAt: '09:00', endsAt: '18:00', lines: [emptyLine()], attempt: crypto.randomUUID() };
}

/** A draft of an earlier day without the days that have passed since. */
export function draftFrom(kept: JobDraft, today: string): JobDraft {
  return { ...kept, days: kept.days.filter((day) => day >= today) };
}

/** What is missing, by the name of the field in the form, before the service is asked. */
export function faultsOfDraft(draft: JobDraft, say: Say): Record<string, string> {
  const faults: Record<string, string> = {};
  const title = faultOf(matchingDescribeJobFields['title'], draft.title);
  if (title) faults['title'] = say(title.id, title.values);
  if (draft.place === null) faults['placeId'] = say('profile.fault_place');
  if (draft.days.length === 0) faults['days'] = say('job.fault_days');
  draft.lines.forEach((line, index) => {
    if (line.trade === '') faults[`lines.${index}.trade`] = say('job.fault_trade');
    if (paiseOf(line.pay) === null) faults[`lines.${index}.pay.amount`] = say('profile.fault_rate');
  });
  return faults;
}

/** Pay that no service takes, by the name of its field. */
export function payFaults(draft: JobDraft, say: Say, money: (paise: number) => string): Record<string, string> {
  return Object.fromEntries(
    draft.lines.flatMap(({ pay }, index) => {
      const paise = paiseOf(pay);
      return paise !== null && judgeDayPay(paise) === 'impossible' ? [[`lines.${index}.pay.amount`, payBoundsWords(say, money)]] : [];
    }),
  );
}

/** The pay, in paise, of the lines whose pay is more likely a slip than meant. */
export function unusualPays(draft: JobDraft): number[] {
  return draft.lines.flatMap(({ pay }) => {
    const paise = paiseOf(pay);
    return paise !== null && judgeDayPay(paise) === 'unusual' ? [paise] : [];
  });
}

const OF_LINES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^lines\.\d+\.days(\.|$)/, 'days'],
  [/^lines\.\d+\.startsAt$/, 'startsAt'],
  [/^lines\.\d+\.endsAt$/, 'endsAt'],
];

/** The name under which the form shows a field of the request; null where it shows none. */
export function shownAs(field: string): string | null {
  if (['title', 'description', 'placeId'].includes(field)) return field;
  const shared = OF_LINES.find(([pattern]) => pattern.test(field));
  if (shared) return shared[1];
  const ofLine = /^lines\.(\d+)\.(trade|count|minimumLevel|pay)(\.|$)/.exec(field);
  return ofLine ? `lines.${ofLine[1]}.${ofLine[2] === 'pay' ? 'pay.amount' : ofLine[2]}` : null;
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
