/** A civil date from three typed numbers, or null when there is no such day or nobody could be born on it. */
export function bornOn(day: string, month: string, year: string, now: Date = new Date()): string | null {
  if (![day, month, year].every((part) => /^\d{1,4}$/.test(part)) || year.length !== 4) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists && date < now && Number(year) >= 1900 ? date.toISOString().slice(0, 10) : null;
}
