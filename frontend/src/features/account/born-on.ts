import { civilDateOf, dayNumber } from '@muster/contracts/kernel/civil-time';

/** Makes a civil date of three typed numbers; null where there is no such day or nobody could be born on it. */
export function bornOn(day: string, month: string, year: string, today: string): string | null {
  if (![day, month, year].every((part) => /^\d{1,4}$/.test(part)) || year.length !== 4) return null;
  const typed = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // A day that does not exist, such as 31 February, would come back as a day of the next month.
  const exists = /^\d{4}-\d{2}-\d{2}$/.test(typed) && civilDateOf(dayNumber(typed)) === typed;
  return exists && typed <= today && Number(year) >= 1900 ? typed : null;
}
