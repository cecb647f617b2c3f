import { z } from 'zod';

/** The last file of a backup: without it the backup is cut short. */
export const MANIFEST = 'backup.json';

export const manifest = z.object({
  madeAt: z.iso.datetime(),
  /** Segments of the write-ahead log from the first to the last that the copied files need. */
  segments: z.array(z.string()).min(1),
  /** SHA-256 of every other file in the backup. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifest>;

const SEGMENT_NAME = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})$/;

/** The names of the segments from `first` to `last`; `size` is their length in bytes. */
export function segmentsBetween(first: string, last: string, size: number): string[] {
  const [from, to] = [numberOf(first, size), numberOf(last, size)];
  if (from.timeline !== to.timeline || to.number < from.number) throw new Error(`${first} to ${last} is no part of one write-ahead log`);
  const inOne = 2 ** 32 / size;
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');
  return Array.from({ length: to.number - from.number + 1 }, (_, index) => {
    const number = from.number + index;
    return from.timeline + hex(Math.floor(number / inOne)) + hex(number % inOne);
  });
}

function numberOf(name: string, size: number): { timeline: string; number: number } {
  const [, timeline = '', high = '', low = ''] = SEGMENT_NAME.exec(name) ?? [];
  return { timeline, number: parseInt(high, 16) * (2 ** 32 / size) + parseInt(low, 16) };
}
