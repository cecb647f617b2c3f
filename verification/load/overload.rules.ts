// What is asked of a server under more load than it can do. Pure.
export const CAPACITY_P99_MS = 200;
export const TIMES = [2, 5, 10] as const;
export const CONTROL_TIMES = 5;
/** How much what the server can do at all may have changed from before a run until after it. */
export const DRIFT = 0.15;
/** With less k6 could not ask ten times as much. */
export const LEAST_COST_MS = 5;
/** A run for which k6 was later than this says nothing. */
export const LATE_SHARE = 0.05;

/** What was seen at so many times the capacity. */
export interface Step {
  readonly times: number;
  /** Asked for, a second. */
  readonly asked: number;
  /** Answered with what was asked for, a second. */
  readonly good: number;
  readonly shed: number;
  readonly p99Ms: number;
  /** Share of the requests that k6 did not send in time. */
  readonly lateShare: number;
  /** Whether something else came back than an answer, or a refusal with a moment to come back. */
  readonly wrong: boolean;
  readonly mostMb: number;
  readonly backMs: number;
  /** Share of class A that was done, where it was asked. */
  readonly classA: number | undefined;
  readonly askedOfA: number;
}

export const aims = { goodputAt2: 0.9, goodputAt5: 0.85, goodputAt10: 0.75, classAAt2: 0.999, p99TimesCapacity: 2, backMs: 10_000, memoryTimes: 1.5, lateShare: LATE_SHARE, missed: 0, controlMissed: '> 0' } as const;
const goodputs: Readonly<Record<number, number>> = { 2: aims.goodputAt2, 5: aims.goodputAt5, 10: aims.goodputAt10 };

/** What a step misses beside the one at capacity right before it, each a sentence. */
export function faultsOf(base: Step, { times, good, p99Ms, wrong, mostMb, backMs, lateShare, classA, askedOfA }: Step): string[] {
  const wanted = goodputs[times] ?? 1;
  const found: Array<[boolean, string]> = [
    [lateShare > LATE_SHARE, `k6 was late for ${(lateShare * 100).toFixed(1)} %`],
    [wrong || base.wrong, 'some requests were neither answered nor refused with a moment to come back'],
    [good < base.good * wanted, `goodput is ${((good / base.good) * 100).toFixed(0)} %, not ${wanted * 100} %`],
    [p99Ms > base.p99Ms * aims.p99TimesCapacity, `p99 of the admitted is ${p99Ms.toFixed(0)} ms, ${(p99Ms / base.p99Ms).toFixed(1)} × that at capacity`],
    [mostMb > base.mostMb * aims.memoryTimes, `memory is ${(mostMb / base.mostMb).toFixed(2)} × that at capacity`],
    [backMs > aims.backMs, `it is back to normal after ${(backMs / 1000).toFixed(1)} s`],
    [classA !== undefined && classA < aims.classAAt2, `${((classA ?? 0) * 100).toFixed(1)} % of ${askedOfA} requests of class A were done`],
  ];
  return found.filter(([isMissed]) => isMissed).map(([, sentence]) => `at ${times} × ${sentence}`);
}
