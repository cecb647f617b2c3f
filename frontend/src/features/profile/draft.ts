import type { Answer } from '../../lib/api/client';
import { paiseOf } from '../../lib/format/format';
import type { Format } from '../../lib/format/use-format';
import type { ContractFields } from '../../lib/forms/contract-fields';
import { dayPay } from '../../lib/forms/day-pay';
import { placeField } from '../../ui/place';

export type WorkerProfile = Answer<'user.readWorkerProfile'>;
export type Availability = Answer<'user.readAvailability'>;

/** The values that the steps of the wizard fill in, one after the other. */
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
  /** Dates that differ from the weekly rule, by whether the worker is free on them. */
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

/** The fields that each step shows. */
export const shownIn: Readonly<Record<Step, readonly string[]>> = {
  trade: ['level', 'years', 'trade'],
  place: ['place', 'travelRadiusKm', 'dayRate'],
  days: ['weekly', 'exceptions'],
  name: ['name'],
};

/** The fields of the profile and of the calendar that the wizard fills in. */
export function profileFields(format: Pick<Format, 'say' | 'money'>): ContractFields {
  return {
    level: { of: 'skills.0.level', rule: 'skills.*.level' },
    years: { of: 'skills.0.years', rule: 'skills.*.years' },
    trade: { of: 'skills', rule: 'skills.*.trade', words: 'profile.fault_trade' },
    place: placeField,
    travelRadiusKm: { of: 'travelRadiusKm' },
    dayRate: { of: 'dayRate', alsoOf: ['floorRate'], rule: 'dayRate.amount', ...dayPay(format) },
    weekly: { of: 'weekly' },
    exceptions: { of: 'exceptions' },
    name: { of: 'displayName' },
  };
}

/** The draft to begin with: what is saved already, and else a usual week from Monday to Saturday. */
export function firstDraft(profile: WorkerProfile | undefined, availability: Availability | undefined): Draft {
  if (!profile) return emptyDraft;
  const calendar = availability && { weekly: availability.weekly, exceptions: Object.fromEntries(availability.exceptions.map(({ date, free }) => [date, free])) };
  return { ...emptyDraft, ...draftOf(profile), ...calendar };
}

/** Makes a draft that was kept on an earlier day fit for today, by leaving out the dates that have passed. */
export function renewWorkerDraft(kept: Draft, today: string): Draft {
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

/** The request that saves a draft. The wizard edits the first skill; the other skills stay as they are. */
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
