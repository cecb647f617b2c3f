const DAYS_OF_A_WEEK = 7;

/** By how many days each key moves the focus. For a right-to-left script the caller swaps the sides. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -DAYS_OF_A_WEEK, ArrowDown: DAYS_OF_A_WEEK };

/** The index of the day, out of `count`, that has the focus after a key; null for keys that move nothing. */
export function dayAfterKey(key: string, at: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  if (step === undefined) return null;
  const next = at + step;
  return next >= 0 && next < count ? next : at;
}
