import { siblingGroups, tradeTable } from './trade-table';

export interface Trade {
  /** Slug; never renamed or reused. */
  readonly id: string;
  readonly family: string;
  /** ISCO-08 unit group, four digits. */
  readonly isco08: string;
  /** NCO-2015 unit group, four digits: the same as ISCO-08's, on which NCO-2015 is built. */
  readonly nco2015: string;
  readonly names: { readonly en: string; readonly hi: string };
  /** Trades whose people can stand in for this one's; symmetric. */
  readonly siblings: readonly string[];
}

const byId: ReadonlyMap<string, Trade> = build();

/** All trades, family by family. */
export function trades(): readonly Trade[] {
  return [...byId.values()];
}

export function trade(id: string): Trade | undefined {
  return byId.get(id);
}

/** Empty for an unknown trade. */
export function siblingsOf(id: string): readonly string[] {
  return byId.get(id)?.siblings ?? [];
}

function build(): Map<string, Trade> {
  const siblings = new Map<string, Set<string>>();
  for (const group of siblingGroups) {
    for (const one of group) {
      const known = siblings.get(one) ?? new Set();
      siblings.set(one, known);
      for (const other of group) if (other !== one) known.add(other);
    }
  }
  const all = new Map<string, Trade>();
  for (const [family, rows] of Object.entries(tradeTable)) {
    for (const [id, isco, en, hi] of rows) {
      all.set(id, {
        id,
        family,
        isco08: isco,
        nco2015: isco,
        names: { en, hi },
        siblings: [...(siblings.get(id) ?? [])].sort(),
      });
    }
  }
  return all;
}
