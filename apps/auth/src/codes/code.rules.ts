import type { PersonId } from '@muster/contracts/kernel/ids';

export const CODE_LENGTH = 6;
export const CODE_SECONDS = 600;
export const TRIES_PER_CODE = 3;

const limits = [
  { seconds: 600, codes: 3 },
  { seconds: 86_400, codes: 8 },
] as const;
const LONGEST_SECONDS = 86_400;

/** A live code against which a try has been counted. */
export interface TriedCode {
  readonly codeId: string;
  /** Whose sign-up it confirms. */
  readonly personId: PersonId;
  readonly mac: Buffer;
}

export type CodeQuota =
  | { readonly allowed: true; readonly sentAt: readonly Date[] }
  | { readonly allowed: false; readonly limit: number; readonly retryAfterSeconds: number };

/**
 * Whether one more code may go to an address: 3 in ten minutes, 8 a day.
 *
 * @param sentAt when the earlier ones went
 * @returns the times to keep when it may, else the limit that lifts last
 */
export function oneMoreCode(sentAt: readonly Date[], now: Date): CodeQuota {
  const at = now.getTime();
  const ages = sentAt.map((sent) => at - sent.getTime());
  const refusals = limits.flatMap(({ seconds, codes }) => {
    const recent = ages.filter((age) => age < seconds * 1000).sort((a, b) => a - b);
    const leaving = recent[codes - 1];
    return leaving === undefined ? [] : [{ limit: codes, retryAfterSeconds: Math.max(1, Math.ceil(seconds - leaving / 1000)) }];
  });
  const longest = refusals.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0];
  if (longest) return { allowed: false, ...longest };
  return { allowed: true, sentAt: [...sentAt.filter((sent) => at - sent.getTime() < LONGEST_SECONDS * 1000), now] };
}

/** @param random a whole number from 0 to 999 999, evenly spread */
export function codeOf(random: number): string {
  return String(random).padStart(CODE_LENGTH, '0');
}
