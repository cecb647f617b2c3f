import type { SkillLevel } from '@muster/contracts/kernel/place';
import type { MatchFilter } from '@muster/contracts/matching/views';
import { bandEnds, chordSquaredOf } from '../site/distance.rules';
import { match, type SiblingsOf } from './match.rules';
import type { WorkerDocument } from './worker-document';
import type { WorkerSearch } from './worker-search';

/** The filter that refuses the worker, named only if the worker's card shows the fact. */
export type Refusal = MatchFilter | 'not_available';

const LARGEST_RADIUS_KM = 20_000;
/** The outer edge of the last bounded distance band; beyond it a card says only "farther". */
const lastBandEnd = bandEnds.at(-1) as number;

/**
 * Tells why a worker cannot be asked; undefined if {@link match} finds the worker. Facts that a card shows are named.
 * Everything else (a block, the lowest rate, enough waiting invites, no longer searchable) gets one common answer, and
 * only after all shown facts fit, so that hidden facts cannot be told apart or probed with a line that would be refused
 * anyway.
 *
 * @param document undefined for a person who may not be found
 */
export function refusalOf(document: WorkerDocument | undefined, search: WorkerSearch, siblingsOf: SiblingsOf): Refusal | undefined {
  if (document === undefined) return 'not_available';
  if (match(document, search, siblingsOf) !== undefined) return undefined;
  const shown: WorkerDocument = { ...document, floorPay: 0, pendingInvites: 0, blocks: [], travelRadiusKm: LARGEST_RADIUS_KM };
  return questions(shown, search).find(([, question]) => match(shown, question, siblingsOf) === undefined)?.[0] ?? 'not_available';
}

/**
 * The search reduced to one shown filter each, in the order of a card; the other filters are set so that every worker
 * passes.
 */
function questions(document: WorkerDocument, search: WorkerSearch): ReadonlyArray<readonly [MatchFilter, WorkerSearch]> {
  const { without: _without, ...asked } = search;
  const anyTrade = document.skills[0]?.trade ?? search.trade;
  const easy: WorkerSearch = { ...asked, trade: anyTrade, minimumLevel: 1 as SkillLevel, days: [], language: null, radiusKm: LARGEST_RADIUS_KM };
  const isBand = chordSquaredOf(search.radiusKm) <= lastBandEnd;
  return [
    ['trade', { ...easy, trade: search.trade }],
    ['level', { ...easy, trade: search.trade, minimumLevel: search.minimumLevel }],
    ['days', { ...easy, days: search.days }],
    // A radius beyond the last band would reveal more than the card does.
    ['distance', { ...easy, radiusKm: isBand ? search.radiusKm : LARGEST_RADIUS_KM }],
    ['language', { ...easy, language: search.language }],
  ];
}
