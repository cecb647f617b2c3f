import { z } from 'zod';

/** Both ends are included. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** The largest number that PostgreSQL's `integer` holds. */
export const LARGEST_INT = 2_147_483_647;

/**
 * A whole number that fits PostgreSQL's `integer`. Every whole number of a contract is this or {@link bigint}: with a
 * wider one a caller could make a statement fail, and with it the request.
 */
export function int({ min = -LARGEST_INT - 1, max = LARGEST_INT }: Bounds = {}) {
  return z.int().min(min).max(max);
}

/** A whole number that is kept in a `bigint` column, such as a version or an event's sequence; a JavaScript number holds it exactly. */
export function bigint({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Bounds = {}) {
  return z.int().min(min).max(max);
}

/** Like {@link int}, for query parameters and environment variables, which arrive as text. */
export function intFromText({ min = -LARGEST_INT - 1, max = LARGEST_INT }: Bounds = {}) {
  return z.coerce.number().int().min(min).max(max);
}

/** Like {@link bigint}, for values that arrive as text. */
export function bigintFromText({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Bounds = {}) {
  return z.coerce.number().int().min(min).max(max);
}
