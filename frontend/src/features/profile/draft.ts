import type { Answer } from '../../lib/api/client';
import { paiseOf } from '../../lib/format/format';
import type { MessageId } from '../../lib/i18n/generated/message-id';

export type WorkerProfile = Answer<'user.readWorkerProfile'>;

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

export const emptyDraft: Draft = {
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
    if (paise === null || paise === 0 || paise > 1_000_000_000) return 'profile.fault_rate';
  }
  if (step === 'name' && draft.name.trim() === '') return 'fault.required';
  return null;
}

export function draftOf(profile: WorkerProfile): Partial<Draft> {
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
