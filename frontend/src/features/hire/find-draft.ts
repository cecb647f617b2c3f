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
  /** Whether the search was made; if so, it is made again whenever the screen is opened. */
  searched: boolean;
}

export function emptyFind(today: string): FindDraft {
  return { trade: '', level: 2, place: null, days: [addDays(today, 1)], pay: '', searched: false };
}

/** Makes a search that was kept on an earlier day fit for today, by leaving out the days that have passed. */
export function renewFindDraft(kept: FindDraft, today: string): FindDraft {
  const days = kept.days.filter((day) => day >= today);
  return { ...kept, days, searched: kept.searched && days.length > 0 };
}

export const findFields: ContractFields = {
  trade: { of: 'trade', words: 'job.fault_trade' },
  place: placeField,
  level: { of: 'minimumLevel' },
  // Pay of zero counts as missing.
  pay: { of: 'pay', rule: 'pay.amount', sent: (typed) => paiseOf(typed as string) || null, words: 'profile.fault_rate' },
  days: { of: 'days', words: 'job.fault_days' },
};

/** The request for a search; null while something is missing. */
export function searchRequestOf({ trade, level, place, days, pay }: FindDraft): Search | null {
  const amount = paiseOf(pay);
  if (trade === '' || place === null || !amount || days.length === 0) return null;
  return { placeId: place.placeId, trade, minimumLevel: level, days: [...days].sort(), pay: { amount, currency: 'INR', basis: 'day' }, limit: 50 };
}

/** The draft of a job with everything that a search asked for, so that nothing has to be typed again. */
export function jobDraftOf({ trade, level, place, days, pay }: FindDraft): JobDraft {
  return { ...emptyJob(), place, days, lines: [{ ...emptyLine(), trade, minimumLevel: level, pay }] };
}
