import { DAY_MS } from '@muster/contracts/kernel/civil-time';

/** Seconds for which a new key is published before the first token is signed with it. */
export const PUBLISHED_AHEAD_SECONDS = 600;
/** Replicas read the keys again after this many seconds. */
export const RELOAD_SECONDS = 15;
/**
 * Seconds for which an access key stays published after its successor took over: longer than the longest token and
 * clock skew.
 */
export const PUBLISHED_AFTER_SECONDS = 3600;

interface Key {
  readonly activeFrom: Date;
}

/** Returns the newest key that may be used already. */
export function keyInUse<K extends Key>(keys: readonly K[], now: Date): K | undefined {
  return keys.filter((key) => key.activeFrom <= now).sort((a, b) => b.activeFrom.getTime() - a.activeFrom.getTime())[0];
}

/** Whether the newest key is old enough to be followed. */
export function isDue(keys: readonly Key[], now: Date, days: number): boolean {
  const newest = Math.max(...keys.map((key) => key.activeFrom.getTime()));
  return now.getTime() - newest >= days * DAY_MS;
}

/** Keys that have been out of use since before `since`: nothing that they signed can still be good. */
export function retired<K extends Key>(keys: readonly K[], since: Date): K[] {
  const successor = keyInUse(keys, since);
  return successor ? keys.filter((key) => key.activeFrom < successor.activeFrom) : [];
}
