import type { Answer } from '../../lib/api/client';
import { paiseOf } from '../../lib/format/format';
import { judgeDayPay, payBoundsWords } from '../../lib/forms/day-pay';
import type { Say } from '../../lib/i18n/text';
import type { MessageId } from '../../lib/i18n/generated/message-id';

export type WorkerProfile = Answer<'user.readWorkerProfile'>;
export type Availability = Answer<'user.readAvailability'>;

/** What the steps of the wizard fill, one after the other. */
export interface Draft {
  trade: string;
  level: number;
  years: number;
  place: { placeId: string; name: string; area: string } | null;
  travelRadiusKm: number;
  /** As typed, in rupees. */
  dayRate: string;
  name: string;
  weekly: readonly number[];
  /** Dates that differ from the weekly rule. */
  exceptions: Readonly<Record<string, boolean>>;
}

const emptyDraft: Draft = {
  trade: '',
  level: 3,
  years: 3,
  place: null,
  travelRadiusKm: 25,
  dayRate: '',
  name: '',
  weekly: [1, 2, 3, 4, 5, 6],
  exceptions: {},
};

export const steps = ['trade', 'place', 'days', 'name'] as const;
export type Step = (typeof steps)[number];

/** What keeps a step from being done, as the id of its words. */
export function faultOfStep(step: Step, draft: Draft): MessageId | null {
  if (step === 'trade' && draft.trade === '') return 'profile.fault_trade';
  if (step === 'place') {
    if (draft.place === null) return 'profile.fault_place';
    const paise = paiseOf(draft.dayRate);
    if (paise === null) return 'profile.fault_rate';
  }
  if (step === 'name' && draft.name.trim() === '') return 'fault.required';
  return null;
}

/** A daily rate that is more likely a slip than meant, in words; `passable` where pressing again says that it is meant. */
export function payDoubt(draft: Draft, say: Say, money: (paise: number) => string): { words: string; passable: boolean } | null {
  const paise = paiseOf(draft.dayRate);
  const judged = paise === null ? 'usual' : judgeDayPay(paise);
  if (paise === null || judged === 'usual') return null;
  return judged === 'impossible' ? { words: payBoundsWords(say, money), passable: false } : { words: say('pay.sure', { pay: money(paise) }), passable: true };
}

/** What is known already; a calendar that nobody has touched starts with the usual week. */
export function firstDraft(profile: WorkerProfile | undefined, availability: Availability | undefined): Draft {
  if (!profile) return emptyDraft;
  const calendar = availability && { weekly: availability.weekly, exceptions: Object.fromEntries(availability.exceptions.map(({ date, free }) => [date, free])) };
  return { ...emptyDraft, ...draftOf(profile), ...calendar };
}

/** A draft of an earlier day without the dates that have passed since. */
export function draftFrom(kept: Draft, today: string): Draft {
  return { ...kept, exceptions: Object.fromEntries(Object.entries(kept.exceptions).filter(([date]) => date >= today)) };
}

function draftOf(profile: WorkerProfile): Partial<Draft> {
  const skill = profile.skills[0];
  return {
    ...(skill && { trade: skill.trade, level: skill.level, years: skill.years }),
    place: { placeId: profile.placeId, name: profile.placeName, area: '' },
    travelRadiusKm: profile.travelRadiusKm,
    dayRate: String(profile.dayRate.amount / 100),
    name: profile.displayName,
  };
}

/** The first skill is the one that the wizard edits; the others stay as they are. */
export function profileBody(draft: Draft, known: WorkerProfile | undefined, language: 'en' | 'hi') {
  const others = known?.skills.slice(1).filter(({ trade }) => trade !== draft.trade) ?? [];
  return {
    displayName: draft.name.trim(),
    placeId: draft.place?.placeId ?? '',
    travelRadiusKm: draft.travelRadiusKm,
    skills: [{ trade: draft.trade, level: draft.level, years: draft.years }, ...others],
    dayRate: { amount: paiseOf(draft.dayRate) ?? 0, currency: 'INR' as const },
    floorRate: known?.floorRate && known.floorRate.amount <= (paiseOf(draft.dayRate) ?? 0) ? known.floorRate : null,
    languages: known?.languages ?? [language],
  };
}
