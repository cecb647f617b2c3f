import type { SkillLevel } from '@muster/contracts/kernel/place';
import type { MatchFilter } from '@muster/contracts/matching/views';
import { bandEnds, chordSquaredOf } from './distance.rules';
import { match, type SiblingsOf } from './match.rules';
import type { WorkerDocument } from './worker-document';
import type { WorkerSearch } from './worker-search';

/** The filter that refuses the worker, where the worker's card shows what it is about. */
export type Refusal = MatchFilter | 'not_available';

const LARGEST_RADIUS_KM = 20_000;
/** The last edge that a distance band has; beyond it a card says no more than "farther". */
const lastBandEnd = bandEnds.at(-1) as number;

/**
 * Why a worker cannot be asked for what a search finds others for; undefined where {@link match} finds this one. What a
 * card shows is named. Everything else (a block, the lowest rate, enough invites waiting, nobody to be found) is one
 * answer, given only after all that is shown fits: what is hidden then cannot be told apart, and not asked for with a
 * line that would be refused anyway.
 *
 * @param document undefined for who may not be found
 */
export function refusalOf(document: WorkerDocument | undefined, search: WorkerSearch, siblingsOf: SiblingsOf): Refusal | undefined {
  if (document === undefined) return 'not_available';
  if (match(document, search, siblingsOf) !== undefined) return undefined;
  const shown: WorkerDocument = { ...document, floorPay: 0, pendingInvites: 0, blocks: [], travelRadiusKm: LARGEST_RADIUS_KM };
  return questions(shown, search).find(([, question]) => match(shown, question, siblingsOf) === undefined)?.[0] ?? 'not_available';
}

/** The search reduced to one shown filter each, in the order of a card; all others are such that the worker passes. */
function questions(document: WorkerDocument, search: WorkerSearch): ReadonlyArray<readonly [MatchFilter, WorkerSearch]> {
  const { without: _without, ...asked } = search;
  const anyTrade = document.skills[0]?.trade ?? search.trade;
  const easy: WorkerSearch = { ...asked, trade: anyTrade, minimumLevel: 1 as SkillLevel, days: [], language: null, radiusKm: LARGEST_RADIUS_KM };
  const isBand = chordSquaredOf(search.radiusKm) <= lastBandEnd;
  return [
    ['trade', { ...easy, trade: search.trade }],
    ['level', { ...easy, trade: search.trade, minimumLevel: search.minimumLevel }],
    ['days', { ...easy, days: search.days }],
    // A radius beyond the last band would tell more than the card does.
    ['distance', { ...easy, radiusKm: isBand ? search.radiusKm : LARGEST_RADIUS_KM }],
    ['language', { ...easy, language: search.language }],
  ];
}
