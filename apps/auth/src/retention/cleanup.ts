/** Deletes the rows that a slice does not need any more. It is safe to repeat. */
export interface Cleanup {
  deleteExpired(now: Date): Promise<void>;
}

export function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
