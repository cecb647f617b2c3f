import { describe, expect, it } from '@jest/globals';
import { payBasis } from './money';
import { payBounds, payVerdict } from './pay-bounds';

describe('the bounds of pay', () => {
  it.each(payBasis.options)('enclose the usual range for each %s', (basis) => {
    const { least, usualLeast, usualMost, most } = payBounds[basis];
    expect([least, usualLeast, usualMost, most]).toEqual([least, usualLeast, usualMost, most].sort((a, b) => a - b));
  });

  it('refuse one rupee and ten million a day, ask about what is unusual, and take the rest', () => {
    expect([100, 999_999_900].map((amount) => payVerdict(amount, 'day'))).toEqual(['refuse', 'refuse']);
    expect([10_000, 29_999, 500_001, 2_000_000].map((amount) => payVerdict(amount, 'day'))).toEqual(['ask', 'ask', 'ask', 'ask']);
    expect([30_000, 95_000, 500_000].map((amount) => payVerdict(amount, 'day'))).toEqual(['fine', 'fine', 'fine']);
  });
});
