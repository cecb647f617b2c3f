import { isOver, type WorkHours } from '@muster/contracts/kernel/civil-time';

interface Work extends WorkHours {
  readonly days: readonly string[];
  readonly state: string;
}

const WAITING: ReadonlySet<string> = new Set(['accepted', 'confirmed', 'checked_in', 'checked_out']);

/** The day on which somebody has to be there next, the present one until it is over; null when there is none any more. */
export function nextDayOf(work: Work, now: number): string | null {
  if (!WAITING.has(work.state)) return null;
  return [...work.days].sort().find((day) => !isOver(day, work, now)) ?? null;
}
