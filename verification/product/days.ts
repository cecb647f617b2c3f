/** The date so many days from today, as UTC has it; people of the harnesses work far from midnight. */
export function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
