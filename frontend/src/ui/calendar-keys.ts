const DAYS_OF_A_WEEK = 7;

/** How many days each key goes on; in a right-to-left script the sides are swapped by the caller. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -DAYS_OF_A_WEEK, ArrowDown: DAYS_OF_A_WEEK };

/** Which of `count` days has the focus after a key; null for keys that move nothing. */
export function dayAfterKey(key: string, at: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  if (step === undefined) return null;
  const next = at + step;
  return next >= 0 && next < count ? next : at;
}
