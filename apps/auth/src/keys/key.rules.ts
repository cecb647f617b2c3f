import { DAY_MS } from '@muster/contracts/kernel/civil-time';

/** A new key is known to every replica and verifier for so long before the first token is signed with it. */
export const PUBLISHED_AHEAD_SECONDS = 600;
/** Replicas look for new keys so often. */
export const RELOAD_SECONDS = 15;
/** An access key stays published so long after its successor took over: longer than the longest token and clock skew. */
export const PUBLISHED_AFTER_SECONDS = 3600;

interface Key {
  readonly activeFrom: Date;
}

/** The newest key whose time has come. */
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
