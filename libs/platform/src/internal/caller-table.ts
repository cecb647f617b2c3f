import type { Route } from '@muster/contracts/kernel/route';

export interface CallerRow {
  readonly caller: string;
  readonly callee: string;
  readonly routes: readonly string[];
}

/**
 * Lists which service may call which internal route. This is the service graph from which network policies and
 * documents are made.
 *
 * @param routes the routes that `callee` serves
 */
export function callersOf(callee: string, routes: readonly Route[]): CallerRow[] {
  const rows = new Map<string, string[]>();
  for (const { access, id } of routes) {
    if (access.kind !== 'service') continue;
    for (const caller of access.callers) {
      if (caller !== callee) rows.set(caller, [...(rows.get(caller) ?? []), id]);
    }
  }
  return [...rows].sort(([a], [b]) => a.localeCompare(b)).map(([caller, ids]) => ({ caller, callee, routes: ids.sort() }));
}
