import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatRanges, has, parseRanges, withNumbers, type Received } from './sequence-set';

const nothing: Received = { contiguous: 0, ahead: [] };

describe('received numbers', () => {
  it('become contiguous when a hole closes', () => {
    const holed = withNumbers(nothing, [1, 2, 5, 4, 9]);
    expect(holed).toEqual({ contiguous: 2, ahead: [[4, 5], [9, 9]] });
    expect(withNumbers(holed, [3])).toEqual({ contiguous: 5, ahead: [[9, 9]] });
  });

  it('equal the plain set of numbers, in any order, in any batches, repeated or not', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 12 }), (start, batches) => {
        const plain = new Set(Array.from({ length: start }, (_, index) => index + 1));
        let received: Received = { contiguous: start, ahead: [] };
        for (const batch of batches) {
          batch.forEach((number) => plain.add(number));
          received = withNumbers(received, batch);
          received = { ...received, ahead: parseRanges(formatRanges(received.ahead)) };
        }
        for (let number = 1; number <= 70; number++) expect(has(received, number)).toBe(plain.has(number));
        expect(plain.has(received.contiguous + 1)).toBe(false);
      }),
    );
  });
});
