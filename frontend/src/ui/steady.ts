import { useEffect, useMemo, useRef } from 'react';

export interface Steady<Item> {
  item: Item;
  /** It is no longer in the list; it stays where it was, so that nothing slides under a thumb. */
  gone: boolean;
}

/** What is shown keeps its place and takes its fresh facts; what is new comes after it, in its own order. */
export function steadied<Item>(shown: readonly Item[], fresh: readonly Item[], idOf: (item: Item) => string): Steady<Item>[] {
  const byId = new Map(fresh.map((item) => [idOf(item), item]));
  const kept = shown.map((item) => {
    const renewed = byId.get(idOf(item));
    byId.delete(idOf(item));
    return { item: renewed ?? item, gone: renewed === undefined };
  });
  return [...kept, ...[...byId.values()].map((item) => ({ item, gone: false }))];
}

/**
 * A list that lives, held still while somebody looks at it. It is sorted anew when `key` changes or the screen is
 * opened again. `idOf` has to be the same function at every drawing.
 */
export function useSteady<Item>(fresh: readonly Item[], idOf: (item: Item) => string, key = ''): Steady<Item>[] {
  const shown = useRef<{ key: string; items: readonly Item[] }>({ key, items: [] });
  const result = useMemo(() => steadied(shown.current.key === key ? shown.current.items : [], fresh, idOf), [fresh, idOf, key]);
  useEffect(() => {
    shown.current = { key, items: result.map(({ item }) => item) };
  }, [result, key]);
  return result;
}
