import { addDays } from '@muster/contracts/kernel/civil-time';
import type { CallInput } from '../../lib/api/client';
import { paiseOf } from '../../lib/format/format';
import type { ContractFields } from '../../lib/forms/contract-fields';
import { placeField, type Place } from '../../ui/place';
import { emptyJob, emptyLine, type JobDraft } from './job-draft';

export type Search = CallInput<'matching.searchWorkers'>['body'];

export interface FindDraft {
  trade: string;
  level: number;
  place: Place | null;
  days: readonly string[];
  /** As typed, in rupees a day. */
  pay: string;
  /** It was searched for, and is again whenever the screen is opened. */
  searched: boolean;
}

export function emptyFind(today: string): FindDraft {
  return { trade: '', level: 2, place: null, days: [addDays(today, 1)], pay: '', searched: false };
}

/** A search of an earlier day: days that have passed are gone from it. */
export function findFrom(kept: FindDraft, today: string): FindDraft {
  const days = kept.days.filter((day) => day >= today);
  return { ...kept, days, searched: kept.searched && days.length > 0 };
}

export const findFields: ContractFields = {
  trade: { of: 'trade', words: 'job.fault_trade' },
  place: placeField,
  level: { of: 'minimumLevel' },
  // Nobody comes for nothing.
  pay: { of: 'pay', rule: 'pay.amount', sent: (typed) => paiseOf(typed as string) || null, words: 'profile.fault_rate' },
  days: { of: 'days', words: 'job.fault_days' },
};

/** Null while something is missing. */
export function searchOf({ trade, level, place, days, pay }: FindDraft): Search | null {
  const amount = paiseOf(pay);
  if (trade === '' || place === null || !amount || days.length === 0) return null;
  return { placeId: place.placeId, trade, minimumLevel: level, days: [...days].sort(), pay: { amount, currency: 'INR', basis: 'day' }, limit: 50 };
}

/** The job that a search was made for: what was asked there need not be typed again. */
export function jobOf({ trade, level, place, days, pay }: FindDraft): JobDraft {
  return { ...emptyJob(), place, days, lines: [{ ...emptyLine(), trade, minimumLevel: level, pay }] };
}
