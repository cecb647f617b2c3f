import { useMemo, useRef } from 'react';
import { useTrades, type Trade } from '../people/trades';
import { commonTrades, TradeSearch } from './generated/trade-search';

/**
 * Finds trades by what people call them (`mistri`, `लेबर`, `jcb`), in either script, with the same matcher as the services.
 * Without a text the trades that most people have come first. In a file of its own, because the first screen needs the
 * trades but not the search.
 */
export function useTradeSearch(): (text: string, limit: number) => readonly Trade[] {
  const { all } = useTrades();
  const built = useRef<{ of: readonly Trade[]; search: TradeSearch } | undefined>(undefined);
  return useMemo(() => {
    const byId = new Map(all.map((one) => [one.trade, one]));
    const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
    return (text, limit) => {
      if (text.trim() === '') return known(commonTrades).slice(0, limit);
      // The index is built at the first letter that is typed, not when the page is drawn.
      if (built.current?.of !== all) {
        built.current = { of: all, search: new TradeSearch(all.map(({ trade, names }) => ({ id: trade, names }))) };
      }
      return known(built.current.search.search(text, limit));
    };
  }, [all]);
}
