import { limits } from '@muster/contracts/kernel/limits';

export const CODE_LENGTH = 6;
export const CODE_SECONDS = 600;
export const TRIES_PER_CODE = 3;

interface Limit {
  readonly seconds: number;
  readonly codes: number;
}
const DAY_SECONDS = 86_400;
/** Limits per address and network, so that a stranger in another network cannot use up the owner's codes. */
const networkLimits: readonly Limit[] = [limits.codesPerTenMinutes, limits.codesPerDay].map(({ seconds, most }) => ({ seconds, codes: most }));
/** Limits per address over all networks. The first code of a day from a network is sent nevertheless. */
const addressLimits: readonly Limit[] = [{ seconds: DAY_SECONDS, codes: 24 }];
const MOST_KEPT = 24;

/** A live code against which a try has been counted. */
export interface TriedCode {
  readonly codeId: string;
  readonly mac: Buffer;
}

/** The times at which codes were sent to an address: those asked for from one network, and all of them. */
export interface SentCodes {
  readonly network: readonly Date[];
  readonly address: readonly Date[];
}

export type CodeQuota =
  | { readonly allowed: true; readonly sent: SentCodes }
  | { readonly allowed: false; readonly limit: number; readonly retryAfterSeconds: number };

/**
 * Decides whether one more code may be sent to an address.
 *
 * @returns the times to store if it may, otherwise the limit that lifts last
 */
export function oneMoreCode(sent: SentCodes, now: Date): CodeQuota {
  const refusals = refusalsOf(networkLimits, sent.network, now);
  if (ofLastDay(sent.network, now).length > 0) refusals.push(...refusalsOf(addressLimits, sent.address, now));
  const longest = refusals.sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0];
  if (longest) return { allowed: false, ...longest };
  return { allowed: true, sent: { network: withOneMore(sent.network, now), address: withOneMore(sent.address, now) } };
}

function refusalsOf(held: readonly Limit[], sentAt: readonly Date[], now: Date): Array<{ limit: number; retryAfterSeconds: number }> {
  const ages = sentAt.map((sent) => now.getTime() - sent.getTime());
  return held.flatMap(({ seconds, codes }) => {
    const recent = ages.filter((age) => age < seconds * 1000).sort((a, b) => a - b);
    const leaving = recent[codes - 1];
    return leaving === undefined ? [] : [{ limit: codes, retryAfterSeconds: Math.max(1, Math.ceil(seconds - leaving / 1000)) }];
  });
}

function ofLastDay(sentAt: readonly Date[], now: Date): readonly Date[] {
  return sentAt.filter((sent) => now.getTime() - sent.getTime() < DAY_SECONDS * 1000);
}

function withOneMore(sentAt: readonly Date[], now: Date): readonly Date[] {
  return [...ofLastDay(sentAt, now), now].slice(-MOST_KEPT);
}

/**
 * The key by which askers are counted: an IPv4 address, or an IPv6 /48, which one household or attacker may own as a
 * whole.
 */
export function askerOf(network: string): string {
  return network.endsWith('::/64') ? network.split(':').slice(0, 3).join(':') : network;
}

/** @param random a whole number from 0 to 999 999, evenly spread */
export function codeOf(random: number): string {
  return String(random).padStart(CODE_LENGTH, '0');
}
