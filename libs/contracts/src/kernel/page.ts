import { z } from 'zod';
import { intFromText } from './integer';

/** A cursor: opaque, signed, and valid only for the query that it was given for. */
export const cursor = z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, 'must be a cursor of an earlier answer');

/** The two query parameters of every list. Query strings carry text, hence the coercion. */
export const pageQuery = z.object({
  limit: intFromText({ min: 1, max: 100 }).default(20),
  cursor: cursor.optional(),
});

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item).max(100), nextCursor: cursor.nullable() });
}
