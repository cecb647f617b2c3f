import { describe, expect, it } from '@jest/globals';
import { segmentsBetween } from './manifest';

const megabytes = 1024 * 1024;

describe('segments of the write-ahead log', () => {
  it('are one where beginning and end lie in the same', () => {
    expect(segmentsBetween('000000010000000000000009', '000000010000000000000009', 4 * megabytes)).toEqual(['000000010000000000000009']);
  });

  it('go on in the next file of 4 GB after the last of one, whose number depends on their size', () => {
    expect(segmentsBetween('0000000200000001000003FE', '000000020000000200000001', 4 * megabytes)).toEqual([
      '0000000200000001000003FE', '0000000200000001000003FF', '000000020000000200000000', '000000020000000200000001',
    ]);
    expect(segmentsBetween('0000000100000000000000FF', '000000010000000100000000', 16 * megabytes)).toHaveLength(2);
  });

  it.each([['an end before its beginning', '000000010000000000000009', '000000010000000000000008'], ['two timelines', '000000010000000000000009', '000000020000000000000009']])(
    'are none with %s',
    (_how, first, last) => {
      expect(() => segmentsBetween(first, last, 4 * megabytes)).toThrow('is no part of one write-ahead log');
    },
  );
});
