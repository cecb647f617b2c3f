import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFormat } from '../format/use-format';

export interface Trade {
  /** Slug; never renamed or reused. */
  trade: string;
  family: string;
  names: { en: string; hi: string };
}

export interface Trades {
  all: readonly Trade[];
  nameOf: (trade: string) => string;
  familyOf: (trade: string) => string;
  read: UseQueryResult<readonly Trade[]>;
}

/**
 * The trades with their names in the language in use. Their table is a file of the web app: it is compressed, browsers
 * keep it under its hash, and it is there without network.
 */
export function useTrades(): Trades {
  const { language } = useFormat();
  const read = useQuery({ queryKey: ['trades'], queryFn: loadTrades, initialData: () => loaded, staleTime: Infinity });
  return useMemo(() => {
    const all = read.data ?? [];
    const byId = new Map(all.map((trade) => [trade.trade, trade]));
    return {
      all,
      read,
      nameOf: (trade) => byId.get(trade)?.names[language] ?? '',
      familyOf: (trade) => byId.get(trade)?.family ?? '',
    };
  }, [read, language]);
}

/** A constant that is loaded late; once the file is there, screens draw with it at once. It is the same for every web app. */
let loaded: readonly Trade[] | undefined;

/** All trades, family by family. */
export async function loadTrades(): Promise<readonly Trade[]> {
  const { tradeTable } = await import('../trades/generated/trade-table');
  loaded ??= Object.entries(tradeTable).flatMap(([family, rows]) => rows.map(([trade, , en, hi]) => ({ trade, family, names: { en, hi } })));
  return loaded;
}
