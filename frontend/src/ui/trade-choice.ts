import type { Trade } from '../lib/people/trades';

const MOST_RECENT = 6;

/** The trades that the grid shows. Before anything is typed, those used last and the chosen one come before the common ones. */
export function offeredTrades(all: readonly Trade[], found: readonly Trade[], typed: boolean, chosen: string, recent: readonly string[]): readonly Trade[] {
  if (typed) return found;
  const byId = new Map(all.map((trade) => [trade.trade, trade]));
  const first = [...recent, chosen].flatMap((trade) => byId.get(trade) ?? []);
  return [...new Set([...first, ...found])];
}

/** Adds a trade to those used last, of which the latest is the first. */
export function withRecent(recent: readonly string[], trade: string): string[] {
  return [trade, ...recent.filter((one) => one !== trade)].slice(0, MOST_RECENT);
}
