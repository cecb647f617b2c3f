/**
 * The value of `Retry-After` for a wait in milliseconds: whole seconds, and never 0, at which a client would ask again
 * at once.
 */
export function secondsToWait(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
