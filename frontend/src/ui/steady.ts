import { useEffect, useMemo, useRef } from 'react';

export interface Steady<Item> {
  item: Item;
  /** The item is no longer in the fresh list. It is still shown in its place, so that nothing slides under a thumb. */
  gone: boolean;
}

/** Keeps shown items in their places, with their fresh facts, and puts new items behind them in the order of the fresh list. */
export function keepPlaces<Item>(shown: readonly Item[], fresh: readonly Item[], idOf: (item: Item) => string): Steady<Item>[] {
  const byId = new Map(fresh.map((item) => [idOf(item), item]));
  const kept = shown.map((item) => {
    const renewed = byId.get(idOf(item));
    byId.delete(idOf(item));
    return { item: renewed ?? item, gone: renewed === undefined };
  });
  return [...kept, ...[...byId.values()].map((item) => ({ item, gone: false }))];
}

/**
 * Holds a list that changes by itself still while somebody looks at it. The list is sorted anew when `key` changes or the
 * screen is opened again. `idOf` has to be the same function at every drawing.
 */
export function useSteady<Item>(fresh: readonly Item[], idOf: (item: Item) => string, key = ''): Steady<Item>[] {
  const shown = useRef<{ key: string; items: readonly Item[] }>({ key, items: [] });
  const result = useMemo(() => keepPlaces(shown.current.key === key ? shown.current.items : [], fresh, idOf), [fresh, idOf, key]);
  useEffect(() => {
    shown.current = { key, items: result.map(({ item }) => item) };
  }, [result, key]);
  return result;
}
