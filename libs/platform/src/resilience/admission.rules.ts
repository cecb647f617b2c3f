import type { RateClass } from '@muster/contracts/kernel/access';
import type { Load } from './load-monitor';

/** A is kept longest (sign-in, writes, what other services wait for), then B (reads); C (search) goes first. */
export type LoadClass = 'A' | 'B' | 'C';

export const loadClassOf: Readonly<Record<RateClass, LoadClass>> = {
  credential: 'A',
  refresh: 'A',
  write: 'A',
  internal: 'A',
  read: 'B',
  search: 'C',
};

/** Shedding begins at `from` and is total at `to`; in between a growing share is refused, so that load settles. */
interface Ramp {
  from: number;
  to: number;
}

export interface Thresholds {
  utilisation: Ramp | undefined;
  delayMs: Ramp;
  queueAgeMs: Ramp;
}

/** Class A is never shed for a busy loop alone: as long as it keeps up, busy is what the machine was bought for. */
export const thresholds: Readonly<Record<LoadClass, Thresholds>> = {
  A: { utilisation: undefined, delayMs: { from: 400, to: 1500 }, queueAgeMs: { from: 2000, to: 5000 } },
  B: { utilisation: { from: 0.97, to: 1.02 }, delayMs: { from: 120, to: 500 }, queueAgeMs: { from: 600, to: 2000 } },
  C: { utilisation: { from: 0.92, to: 1 }, delayMs: { from: 50, to: 200 }, queueAgeMs: { from: 200, to: 1000 } },
};

function along(value: number, ramp: Ramp | undefined): number {
  if (!ramp) return 0;
  return Math.min(1, Math.max(0, (value - ramp.from) / (ramp.to - ramp.from)));
}

/** Share of the class's requests to refuse at this load, 0 to 1. */
export function shedShare(load: Load, kind: LoadClass): number {
  const limits = thresholds[kind];
  return Math.max(
    along(load.utilisation, limits.utilisation),
    along(load.delayMs, limits.delayMs),
    along(load.queueAgeMs, limits.queueAgeMs),
  );
}

/** Seconds, spread over 1 to 4 so that those who were refused together don't come back together. */
export function retryAfterSeconds(random: number): number {
  return 1 + Math.floor(random * 4);
}
