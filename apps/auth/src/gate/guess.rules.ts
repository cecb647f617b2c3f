/**
 * Every path that ends in an access token. A new path is added here first, and the test of the gate then demands that
 * it is covered.
 */
export const tokenPaths = ['confirmSignUp', 'signIn', 'refresh', 'lookAround'] as const;
export type TokenPath = (typeof tokenPaths)[number];

/**
 * Whether a caller could guess what the path checks. Passwords and codes can be guessed; the terminal's cookie (256
 * bits) and the MAC of a refresh token (256 bits) cannot. A forged refresh token is never counted against its session,
 * whose id an attacker may know; the throttle counts it for its network.
 */
export const guessable: Readonly<Record<TokenPath, boolean>> = { confirmSignUp: true, signIn: true, refresh: false, lookAround: false };

/**
 * A bucket counts attempts from the first one on for `windowSeconds`. After the n-th the next has to wait
 * `waits[n − 1]` seconds (the last entry repeats). Attempts are counted before anything is verified.
 */
export interface Bucket {
  readonly name: string;
  readonly windowSeconds: number;
  readonly waits: readonly number[];
}

export const FREE_ATTEMPTS = 10;
const LONGEST_WAIT_SECONDS = 900;
const FIRST_WAIT_SECONDS = 30;

/**
 * The bucket of an account over all unknown devices: ten free attempts an hour, then delays that double up to fifteen
 * minutes.
 */
export const accountBucket: Bucket = {
  name: 'account',
  windowSeconds: 3600,
  waits: [...Array<number>(FREE_ATTEMPTS - 1).fill(0), ...doubling(FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS)],
};

/** From this many distinct accounts on, a network counts as guessing. It may also be a whole town behind one address. */
export const NETWORK_ACCOUNTS = 30;
export const NETWORK_WINDOW_SECONDS = 600;

/** A guessing network is slowed but never locked out, because thousands of people may share it. */
export const networkPace: Bucket = { name: 'network', windowSeconds: 600, waits: [2] };

export function waitAfter(bucket: Bucket, attempt: number): number {
  return bucket.waits[Math.min(attempt, bucket.waits.length) - 1] ?? 0;
}

export function isGuessing(distinctAccounts: number): boolean {
  return distinctAccounts > NETWORK_ACCOUNTS;
}

function doubling(first: number, last: number): number[] {
  const waits: number[] = [];
  for (let wait = first; wait < last; wait *= 2) waits.push(wait);
  return [...waits, last];
}
