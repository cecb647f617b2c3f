import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pointsOf, scoreOf, severalOf } from './words';

describe('severalOf', () => {
  it('names several people of a trade as a sentence does', () => {
    expect(severalOf('Mason', 'en')).toBe('masons');
    expect(severalOf('Bar bender and steel fixer', 'en')).toBe('bar benders and steel fixers');
    expect(severalOf('Concrete repair and grouting worker', 'en')).toBe('concrete repair and grouting workers');
    expect(severalOf('Block mason (AAC and concrete block)', 'en')).toBe('block masons');
    expect(severalOf('POP and gypsum plasterer', 'en')).toBe('POP and gypsum plasterers');
    expect(severalOf('Lineman', 'en')).toBe('linemen');
    expect(severalOf('राजमिस्त्री', 'hi')).toBe('राजमिस्त्री');
  });
});

describe('pointsOf', () => {
  it('adds up to what is missing to a hundred, the largest first', () => {
    const part = fc.record({ factor: fc.string(), micro: fc.integer({ min: -3_000_000, max: 0 }) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 10 }), (parts) => {
        const total = parts.reduce((sum, { micro }) => sum + micro, 0);
        const points = pointsOf(parts, total);
        const lost = points.reduce((sum, one) => sum + one.lost, 0);
        expect(lost).toBeCloseTo(100 - 100 * Math.exp(total / 1_000_000), 6);
        expect([...points].sort((a, b) => b.lost - a.lost)).toEqual(points);
      }),
    );
  });
  it('takes nothing from a perfect score', () => {
    expect(scoreOf(0)).toBe(100);
    expect(pointsOf([{ factor: 'skill', micro: 0 }], 0)).toEqual([{ factor: 'skill', lost: 0 }]);
  });
});
