import { places, type Place } from './places';
import { beginsAlmost, soundKey } from './sound-key';

/** One way to write a place's name, or the later words of one. */
interface Spelling {
  readonly key: string;
  readonly letters: string;
  readonly place: Place;
  /** `Mumbai` of `Navi Mumbai`: found, but behind the places that begin so. */
  readonly later: boolean;
}

// How much better a kind of match is, in powers of ten of the population.
const WEIGHT = { letters: 3, beginning: 2, sound: 2, soundBeginning: 1.2, almost: 0, later: -1.5 } as const;

/** Below so many places that sound like what was typed, a slip of the thumb is looked for. */
const FEW = 3;

let sorted: readonly Spelling[] | undefined;

/**
 * Places whose name begins like `text`, in Latin letters or Devanagari, as it is written or as it sounds, one letter
 * wrong at most; the better match and the larger town first. At most `limit`; none for a text without letters.
 */
export function searchPlaces(text: string, limit = 10): Place[] {
  const key = soundKey(text);
  if (key === '' || limit < 1) return [];
  const letters = lettersOf(text);
  const all = (sorted ??= index());
  const best = new Map<Place, number>();
  const offer = (one: Spelling, weight: number) => {
    const score = weight + (one.later ? WEIGHT.later : 0) + Math.log10(one.place.population) / 2;
    if (score > (best.get(one.place) ?? -Infinity)) best.set(one.place, score);
  };

  let at = firstFrom(all, key);
  for (; all[at]?.key.startsWith(key); at += 1) offer(all[at] as Spelling, weigh(all[at] as Spelling, key, letters));
  if (best.size < FEW && key.length >= 4) {
    for (const one of all) if (beginsAlmost(one.key, key)) offer(one, WEIGHT.almost);
  }
  return [...best]
    .sort(([one, a], [other, b]) => b - a || other.population - one.population || (one.id < other.id ? -1 : 1))
    .slice(0, limit)
    .map(([place]) => place);
}

function weigh(one: Spelling, key: string, letters: string): number {
  if (one.letters === letters) return WEIGHT.letters;
  if (letters !== '' && one.letters.startsWith(letters)) return WEIGHT.beginning;
  return one.key === key ? WEIGHT.sound : WEIGHT.soundBeginning;
}

function index(): Spelling[] {
  const all: Spelling[] = [];
  for (const place of places()) {
    for (const name of [place.name, ...(place.nameHi ? [place.nameHi] : []), ...place.spellings]) {
      const words = name.split(/[\s-]+/);
      words.forEach((_, from) => {
        const rest = words.slice(from).join(' ');
        const key = soundKey(rest);
        if (key !== '') all.push({ key, letters: lettersOf(rest), place, later: from > 0 });
      });
    }
  }
  return all.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}

function lettersOf(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\u0900-\u097f]/gu, '');
}

function firstFrom(all: readonly Spelling[], key: string): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle] as Spelling).key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
