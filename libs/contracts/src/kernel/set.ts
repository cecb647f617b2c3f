import { z } from 'zod';

/**
 * A set as a list: what comes a second time says nothing new and is left out. The bounds count what was sent.
 *
 * @param item a text or a number; things with a key of their own are refused by rules when they come twice
 */
export function setOf<Item extends z.ZodType<string | number>>(item: Item, { min = 0, max }: { min?: number; max: number }) {
  const list = z.array(item).max(max);
  return (min > 0 ? list.min(min) : list).overwrite((items) => [...new Set(items)]);
}
