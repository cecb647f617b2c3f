import { useMemo } from 'react';
import type { Answer } from '../api/client';
import { useRead } from '../api/queries';
import { useFormat } from '../format/use-format';

export type Trade = Answer<'user.listTrades'>['items'][number];

export interface Trades {
  all: readonly Trade[];
  nameOf: (trade: string) => string;
  familyOf: (trade: string) => string;
  read: ReturnType<typeof useRead<'user.listTrades'>>;
}

/** The trades with their names in the language in use. */
export function useTrades(): Trades {
  const { language } = useFormat();
  const read = useRead('user.listTrades', {}, { staleTime: Infinity });
  return useMemo(() => {
    const all = read.data?.items ?? [];
    const byId = new Map(all.map((trade) => [trade.trade, trade]));
    return {
      all,
      read,
      nameOf: (trade) => byId.get(trade)?.names[language] ?? '',
      familyOf: (trade) => byId.get(trade)?.family ?? '',
    };
  }, [read, language]);
}
