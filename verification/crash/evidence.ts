import type { Attempt } from './history';
import type { Stores } from './stores';

/** Everything that is known after a run, when all is quiet again. */
export interface Evidence {
  readonly history: readonly Attempt[];
  readonly stores: Stores;
}

/** Looks at one thing; `fault` is read only where it does not hold. */
export type Expect = (holds: boolean, fault: () => string) => void;
/** By what each rule says. Pure: the same evidence has the same verdicts. */
export type Rules = Readonly<Record<string, (evidence: Evidence, expect: Expect) => void>>;

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Equal as JSON, whatever the order of fields. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined';
}
