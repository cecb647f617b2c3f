/**
 * What a limit counts.
 *
 * - `requests`: requests that were let in, before their body is read.
 * - `profiles`: different people whom the answers showed.
 * - `effects`: what was written, in the transaction that writes it; a repeat by `Idempotency-Key` counts once.
 * - `standing`: what the account has at this moment, whenever it was made.
 */
export type Counted = 'requests' | 'profiles' | 'effects' | 'standing';

/**
 * One of Muster's limits for abuse. Routes name it in `limits`; the platform counts, and answers
 * `platform.limit_reached` with what the limit is and when it lifts. Where several routes name one limit they share it.
 */
export interface Limit {
  /** Names the limit in the answer, in the configuration (`LIMITS`) and in the documents. */
  readonly name: string;
  readonly summary: string;
  readonly counts: Counted;
  /** What the limit applies to: an account, or the address that a code is sent to. */
  readonly by: 'account' | 'address';
  /** Null if there is no limit. */
  readonly most: number | null;
  readonly mostWhenNew: number | null;
  /** Length of the window in which is counted; it begins with the first that counts. Zero for `standing`. */
  readonly seconds: number;
}

/** An account counts as new so long after its address was confirmed. */
export const NEW_ACCOUNT_DAYS = 7;

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** A window of a minute or of an hour, and what each account may do in it, new or not. */
const requests = (name: string, summary: string, most: number, seconds: number): Limit => ({
  name, summary, counts: 'requests', by: 'account', most, mostWhenNew: most, seconds,
});
const daily = (name: string, summary: string, counts: 'profiles' | 'effects', most: number, mostWhenNew: number): Limit => ({
  name, summary, counts, by: 'account', most, mostWhenNew, seconds: DAY,
});
const codes = (name: string, summary: string, most: number, seconds: number): Limit & { readonly most: number } => ({
  name, summary, counts: 'effects', by: 'address', most, mostWhenNew: most, seconds,
});

export const limits = {
  searchesPerMinute: requests('searches_per_minute', 'Searches', 60, MINUTE),
  searchesPerHour: requests('searches_per_hour', 'Searches', 600, HOUR),
  profilesPerDay: daily('profiles_per_day', 'Different people shown', 'profiles', 300, 60),
  /** Counts manual invites; invites of waves are counted apart. */
  invitesPerDay: daily('invites_per_day', 'Invites by hand', 'effects', 30, 5),
  jobsPerDay: daily('jobs_per_day', 'Jobs described', 'effects', 10, 10),
  openPlaces: {
    name: 'open_places', summary: 'Places of opened jobs that wait for somebody', counts: 'standing', by: 'account',
    most: null, mostWhenNew: 10, seconds: 0,
  },
  codesPerTenMinutes: codes('codes_per_ten_minutes', 'One-time codes sent', 3, 10 * MINUTE),
  codesPerDay: codes('codes_per_day', 'One-time codes sent', 8, DAY),
} as const satisfies Record<string, Limit>;
