import { civilDateOf, dayNumber } from '@muster/contracts/kernel/civil-time';

/** A civil date from three typed numbers, or null when there is no such day or nobody could be born on it. */
export function bornOn(day: string, month: string, year: string, today: string): string | null {
  if (![day, month, year].every((part) => /^\d{1,4}$/.test(part)) || year.length !== 4) return null;
  const typed = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // A day that never was, the 31st of February, is counted on into the next month.
  const exists = /^\d{4}-\d{2}-\d{2}$/.test(typed) && civilDateOf(dayNumber(typed)) === typed;
  return exists && typed <= today && Number(year) >= 1900 ? typed : null;
}
