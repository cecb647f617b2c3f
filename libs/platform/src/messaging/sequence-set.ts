/** Sequence numbers beyond a contiguous one, as closed ranges in ascending order that neither touch nor overlap. */
export type Ranges = ReadonlyArray<readonly [first: number, last: number]>;

/** The sequences that one reader has received of one producer. */
export interface Received {
  /** Everything up to here is there. */
  readonly contiguous: number;
  readonly ahead: Ranges;
}

export function has({ contiguous, ahead }: Received, sequence: number): boolean {
  return sequence <= contiguous || ahead.some(([first, last]) => first <= sequence && sequence <= last);
}

/** With these numbers added, in whatever order they come and however often. */
export function withNumbers({ contiguous, ahead }: Received, numbers: Iterable<number>): Received {
  const ranges = [...ahead, ...[...numbers].map((number) => [number, number] as const)].sort((a, b) => a[0] - b[0]);
  const merged: Array<[number, number]> = [];
  let upTo = contiguous;
  for (const [first, last] of ranges) {
    const previous = merged.at(-1);
    if (merged.length === 0 && first <= upTo + 1) upTo = Math.max(upTo, last);
    else if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return { contiguous: upTo, ahead: merged };
}

/** PostgreSQL's int8multirange: `{[3,5),[9,10)}`, upper bounds excluded. */
export function formatRanges(ranges: Ranges): string {
  return `{${ranges.map(([first, last]) => `[${first},${last + 1})`).join(',')}}`;
}

export function parseRanges(multirange: string): Ranges {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map((match) => [Number(match[1]), Number(match[2]) - 1] as const);
}
