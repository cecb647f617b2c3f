// Copied from libs/reference/src/name-search.ts by tools/generate/generate.ts. Do not edit.
import { soundKeys } from './sound-key';

/** Something that is found by what it is called. */
export interface Named<Item> {
  readonly item: Item;
  readonly names: readonly string[];
  /** Words that may be typed behind a name: the state of a town, the other words of a trade. */
  readonly beside: readonly string[];
  /** Among equally good matches the larger comes first; comparable with {@link WEIGHT}. */
  readonly weight: number;
}

/** One way to write a name, or the later words of one. */
interface Spelling<Item> {
  readonly key: string;
  readonly letters: string;
  readonly named: Named<Item>;
  /** `Mumbai` of `Navi Mumbai`: found, but behind the names that begin so. */
  readonly later: boolean;
}

// The weights of the kinds of matches.
const WEIGHT = { letters: 3, beginning: 2, sound: 2, soundBeginning: 1.2, almost: 0, later: -1.5 } as const;

/** Below so many names that sound like what was typed, a slip of the thumb is looked for. */
const FEW = 3;
/** Letters of a key from which on one of them may be wrong. */
const SURE = 4;
/** Names between two pauses of the building. */
const SLICE = 100;

/**
 * Finds by the beginning of a name, in Latin letters or Devanagari, as it is written or as it sounds, one letter wrong at
 * most. Places and trades are found by this one matcher, on the server and, as a generated copy, in the web app.
 */
export class NameSearch<Item> {
  private constructor(private readonly all: readonly Spelling<Item>[]) {}

  /** Yields after every few names: tens of thousands of them take longer than a request may wait. */
  static *building<Item>(named: Iterable<Named<Item>>): Generator<void, NameSearch<Item>> {
    const byFirst = new Map<string, Spelling<Item>[]>();
    let left = SLICE;
    for (const one of named) {
      for (const spelling of spellingsOf(one)) {
        const first = spelling.key.charAt(0);
        const some = byFirst.get(first) ?? [];
        byFirst.set(first, some);
        some.push(spelling);
      }
      if ((left -= 1) === 0) {
        left = SLICE;
        yield;
      }
    }
    // Sorted letter by letter: one sort of everything would be the longest slice of all.
    const all: Spelling<Item>[] = [];
    for (const first of [...byFirst.keys()].sort()) {
      const some = byFirst.get(first) ?? [];
      some.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
      for (const spelling of some) all.push(spelling);
      yield;
    }
    return new NameSearch(all);
  }

  static of<Item>(named: Iterable<Named<Item>>): NameSearch<Item> {
    const steps = NameSearch.building(named);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The better match and the larger weight first, at most `limit`; none for a text without letters. */
  search(text: string, limit: number): Item[] {
    const best = new Map<Named<Item>, number>();
    const offer = ({ named, later }: Spelling<Item>, weight: number) => {
      const score = weight + (later ? WEIGHT.later : 0) + named.weight;
      if (score > (best.get(named) ?? -Infinity)) best.set(named, score);
    };
    const keys = soundKeys(text);
    const letters = lettersOf(text);
    for (const key of keys) this.eachFrom(key, (one) => offer(one, weigh(one, key, letters)));
    this.offerLabels(text, offer);
    if (best.size < FEW) this.offerSlips(keys, offer);
    return [...best]
      .map(([named, score], at) => ({ named, score, at }))
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, Math.max(0, limit))
      .map(({ named }) => named.item);
  }

  /** `Nagpur, Maharashtra`: the first words are a name, and the others begin words that may stand behind it. */
  private offerLabels(text: string, offer: (one: Spelling<Item>, weight: number) => void): void {
    const words = wordsOf(text);
    for (let head = 1; head < words.length; head += 1) {
      const name = words.slice(0, head).join(' ');
      const others = words.slice(head).map(soundKeys);
      const letters = lettersOf(name);
      for (const key of soundKeys(name)) {
        this.eachFrom(key, (one) => {
          if (standsBeside(one.named, others)) offer(one, weigh(one, key, letters));
        });
      }
    }
  }

  /** One letter wrong, but not the first: to look at every name would take longer than a request may. */
  private offerSlips(keys: readonly string[], offer: (one: Spelling<Item>, weight: number) => void): void {
    for (const key of keys) {
      if (key.length < SURE) continue;
      this.eachFrom(key.charAt(0), (one) => {
        if (beginsAlmost(one.key, key)) offer(one, WEIGHT.almost);
      });
    }
  }

  private eachFrom(key: string, visit: (one: Spelling<Item>) => void): void {
    if (key === '') return;
    for (let at = firstFrom(this.all, key); this.all[at]?.key.startsWith(key); at += 1) visit(this.all[at] as Spelling<Item>);
  }
}

function* spellingsOf<Item>(named: Named<Item>): Generator<Spelling<Item>> {
  for (const name of named.names) {
    const words = wordsOf(name);
    for (let from = 0; from < words.length; from += 1) {
      const rest = words.slice(from).join(' ');
      const letters = lettersOf(rest);
      for (const key of soundKeys(rest)) yield { key, letters, named, later: from > 0 };
    }
  }
}

/** Each of the words begins one that may stand beside the name; letters and numbers alike. */
function standsBeside(named: Named<unknown>, words: readonly (readonly string[])[]): boolean {
  const beside = named.beside.flatMap((text) => wordsOf(text).flatMap(soundKeys));
  return words.every((keys) => keys.length === 0 || keys.some((key) => beside.some((one) => one.startsWith(key))));
}

function weigh(one: Spelling<unknown>, key: string, letters: string): number {
  if (one.letters === letters) return WEIGHT.letters;
  if (letters !== '' && one.letters.startsWith(letters)) return WEIGHT.beginning;
  return one.key === key ? WEIGHT.sound : WEIGHT.soundBeginning;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,./()&-]+/).filter((word) => word !== '');
}

function lettersOf(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}\u0900-\u097f]/gu, '');
}

function firstFrom(all: readonly Spelling<unknown>[], key: string): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle] as Spelling<unknown>).key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether `text` can be made the beginning of `name` by at most one change, insertion or removal of a letter. */
export function beginsAlmost(name: string, text: string): boolean {
  let same = 0;
  while (same < text.length && name[same] === text[same]) same += 1;
  if (same === text.length) return true;
  return (
    name.startsWith(text.slice(same + 1), same + 1) ||
    name.startsWith(text.slice(same + 1), same) ||
    name.startsWith(text.slice(same), same + 1)
  );
}
