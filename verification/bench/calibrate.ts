// What this machine is worth, measured in the same run: aims in absolute figures are scaled by it.

/** What {@link calibrate} answers on the machine of docs/BENCHMARKS.md; a slower one is asked for less. */
export const REFERENCE_STEPS = 900;

export interface Calibration {
  /** Millions of steps of an integer loop a second of CPU. */
  readonly steps: number;
  /** 1 on the reference machine or a faster one, 0.5 on one half as fast. */
  readonly scale: number;
}

export function calibrate(): Calibration {
  let steps = 0;
  for (let round = 0; round < 5; round += 1) steps = Math.max(steps, 50_000 / cpuMs(fiftyMillionSteps));
  return { steps: Math.round(steps), scale: rounded(Math.min(1, steps / REFERENCE_STEPS), 2) };
}

function fiftyMillionSteps(): number {
  let state = 1;
  for (let step = 0; step < 5e7; step += 1) state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return state;
}

/** CPU time, so that a busy machine neither excuses nor accuses. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** Between the middle two where there is no middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
