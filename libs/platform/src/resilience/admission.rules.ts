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
  requests: Ramp;
  delayMs: Ramp;
  queueAgeMs: Ramp;
}

export const thresholds: Readonly<Record<LoadClass, Thresholds>> = {
  A: { requests: { from: 4000, to: 8000 }, delayMs: { from: 400, to: 1500 }, queueAgeMs: { from: 2000, to: 5000 } },
  B: { requests: { from: 1000, to: 4000 }, delayMs: { from: 120, to: 500 }, queueAgeMs: { from: 600, to: 2000 } },
  C: { requests: { from: 250, to: 1000 }, delayMs: { from: 50, to: 200 }, queueAgeMs: { from: 200, to: 1000 } },
};

/**
 * With fewer requests nothing is refused, however late everything is: refusing them would free nothing, for then it is
 * another program that keeps the machine busy. One browser that opens a page asks for some six things at once, and in
 * one process a service that asks another for them counts as well.
 */
export const A_HANDFUL = 16;

function along(value: number, ramp: Ramp): number {
  return Math.min(1, Math.max(0, (value - ramp.from) / (ramp.to - ramp.from)));
}

/** Share of the class's requests to refuse at this load, 0 to 1. */
export function shedShare(load: Load, kind: LoadClass): number {
  if (load.requests < A_HANDFUL) return 0;
  const limits = thresholds[kind];
  return Math.max(
    along(load.requests, limits.requests),
    along(load.delayMs, limits.delayMs),
    along(load.queueAgeMs, limits.queueAgeMs),
  );
}

/** Seconds, spread over 1 to 4 so that those who were refused together don't come back together. */
export function retryAfterSeconds(random: number): number {
  return 1 + Math.floor(random * 4);
}
