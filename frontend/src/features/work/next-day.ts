import { isOver, type WorkHours } from '@muster/contracts/kernel/civil-time';

interface Work extends WorkHours {
  readonly days: readonly string[];
  readonly state: string;
}

const WAITING: ReadonlySet<string> = new Set(['accepted', 'confirmed', 'checked_in', 'checked_out']);

/** The next day on which the worker has to be there; today counts until work is over at the site. Null when no day is left. */
export function nextDayOf(work: Work, now: number): string | null {
  if (!WAITING.has(work.state)) return null;
  return [...work.days].sort().find((day) => !isOver(day, work, now)) ?? null;
}
