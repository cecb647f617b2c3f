import { dayNumber } from '@muster/contracts/kernel/civil-time';
import { bandAt, bands, chordSquared, chordSquaredOf, onSphere } from '../site/distance.rules';
import { calendarOf, isFree } from './availability.rules';
import { reasonsOf } from './reasons.rules';
import { daysOverPreferred, floorInSteps, levelMicro, preferenceInSteps, scoreParts, standingOf, totalOf, type Fit } from './score.rules';
import type { WorkerDocument, WorkerSkill } from './worker-document';
import type { RankedMatch, WorkerSearch } from './worker-search';

/** The most invites that may wait for a worker at a time. */
export const PENDING_CAP = 3;

export type SiblingsOf = (trade: string) => readonly string[];

/**
 * The skill that counts for a trade: the trade itself at the level, otherwise the best sibling at the level, otherwise
 * none. Of equal siblings the first by name counts.
 */
function skillFor(
  skills: readonly WorkerSkill[],
  trade: string,
  minimumLevel: number,
  siblingsOf: SiblingsOf,
): { readonly skill: WorkerSkill; readonly sibling: boolean } | undefined {
  const able = skills.filter(({ level }) => level >= minimumLevel);
  const exact = able.find((skill) => skill.trade === trade);
  if (exact !== undefined) return { skill: exact, sibling: false };
  const siblings = siblingsOf(trade);
  const [best] = able
    .filter((skill) => siblings.includes(skill.trade))
    .sort((a, b) => levelMicro(b.level, b.years) - levelMicro(a.level, a.years) || (a.trade < b.trade ? -1 : 1));
  return best && { skill: best, sibling: true };
}

/**
 * Matches one worker against one search without an index. The index must agree with this function, and every manual
 * invite is checked by it. Returns undefined if a hard filter fails; no filter is ever outweighed by a score.
 */
export function match(document: WorkerDocument, search: WorkerSearch, siblingsOf: SiblingsOf): RankedMatch | undefined {
  if (!document.active || !document.adult) return undefined;
  if (document.personId === search.contractorId || document.blocks.includes(search.contractorId)) return undefined;
  if (search.without?.has(document.personId) || document.pendingInvites >= PENDING_CAP) return undefined;
  if (search.payPerDay < floorInSteps(document.floorPay, document.askPay)) return undefined;
  if (search.language !== null && !document.languages.includes(search.language)) return undefined;

  const chosen = skillFor(document.skills, search.trade, search.minimumLevel, siblingsOf);
  if (chosen === undefined) return undefined;

  const squared = chordSquared(onSphere(search.site), ...onSphere(document.cell));
  if (squared > chordSquaredOf(search.radiusKm) || squared > chordSquaredOf(document.travelRadiusKm)) return undefined;

  const calendar = calendarOf(document.availability);
  const today = dayNumber(search.today);
  const nowSeconds = Math.floor(search.now / 1000);
  if (!search.days.every((date) => isFree(calendar, dayNumber(date), nowSeconds, today))) return undefined;

  const { skill, sibling } = chosen;
  const band = bandAt(squared);
  const fit: Fit = {
    level: skill.level,
    years: skill.years,
    sibling,
    band,
    ask: document.askPay,
    pay: search.payPerDay,
    pending: document.pendingInvites,
    daysOver: daysOverPreferred(search.days.length, document.preferredDays && preferenceInSteps(document.preferredDays)),
    familiarity: search.familiarity?.get(document.personId),
  };
  const standing = standingOf(document);
  const parts = scoreParts(standing, fit, today);
  return {
    personId: document.personId,
    trade: skill.trade,
    level: skill.level,
    years: skill.years,
    sibling,
    distanceBand: bands[band] as (typeof bands)[number],
    askPay: document.askPay,
    total: totalOf(parts),
    parts,
    reasons: reasonsOf(standing, fit, { days: search.days.length, language: search.language }, today),
  };
}

/** Orders by total, highest first, then by person id, which is a total order. */
export function compareMatches(a: Pick<RankedMatch, 'total' | 'personId'>, b: Pick<RankedMatch, 'total' | 'personId'>): number {
  return b.total - a.total || (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0);
}
