import type { MessageId } from '../i18n/generated/message-id';
import type { Say } from '../i18n/text';

const levels = ['level.1', 'level.2', 'level.3', 'level.4', 'level.5'] as const satisfies readonly MessageId[];

export function levelWords(level: number, say: Say): string {
  return say(levels[Math.min(5, Math.max(1, level)) - 1] ?? 'level.1');
}

/** The words for a distance band: the service says `2-5`, people read 2–5 km. */
export function bandWords(band: string, say: Say): string {
  if (band === '<2') return say('band.under');
  if (band === '50+') return say('band.over');
  return say('band.between', { range: band.replace('-', '–') });
}

/** Converts a score, in millionths of a natural logarithm, to points of a hundred. */
export function scoreOf(micro: number): number {
  return Math.round(100 * Math.exp(micro / 1_000_000));
}

export interface PointsOfPart {
  factor: string;
  /** How many points of the hundred the part takes away; all parts together take 100 − score. */
  lost: number;
}

/**
 * The parts of a score as points of a hundred. Logarithms add up where points do not, so the points that are missing
 * are shared out in the parts' proportion: the bars then add up to what is on the screen, the largest first.
 */
export function pointsOf(parts: ReadonlyArray<{ factor: string; micro: number }>, total: number): PointsOfPart[] {
  const missing = 100 - 100 * Math.exp(total / 1_000_000);
  return parts
    .map(({ factor, micro }) => ({ factor, lost: total === 0 ? 0 : (missing * micro) / total }))
    .sort((a, b) => b.lost - a.lost);
}

/**
 * The name of a trade as it stands inside a sentence about several people: `Bar bender and steel fixer` becomes `bar
 * benders and steel fixers`, what is in brackets is left out. Hindi says its trades the same for one and for many.
 */
export function severalOf(trade: string, language: 'en' | 'hi'): string {
  if (language === 'hi') return trade;
  const heads = trade.replace(/\s*\(.*\)/, '').split(' and ');
  const several = heads.map((head, index) =>
    index === heads.length - 1 || /(er|or)$/.test(head) ? (head.endsWith('man') ? `${head.slice(0, -3)}men` : `${head}s`) : head,
  );
  const said = several.join(' and ');
  // Initials such as POP and TIG stay capitals.
  return /^.[A-Z]/.test(said) ? said : said.charAt(0).toLowerCase() + said.slice(1);
}
