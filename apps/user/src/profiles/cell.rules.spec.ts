import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellOf } from './cell.rules';

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const jitter = fc.record({
  north: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  east: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
});

describe('the published cell', () => {
  it('stays where it is when the home moves inside its cell', () => {
    const at = { latitude: 21.14631, longitude: 79.08491 };
    const nearby = { latitude: 21.14639, longitude: 79.08499 };
    expect(cellOf(nearby, { north: 0.2, east: -0.1 })).toEqual(cellOf(at, { north: 0.2, east: -0.1 }));
  });

  it('is never further than one and a half cells from the home', () => {
    fc.assert(
      fc.property(degrees(84), degrees(179), jitter, (latitude, longitude, moved) => {
        const cell = cellOf({ latitude, longitude }, moved);
        const north = (cell.latitude - latitude) * 111.32;
        const east = (cell.longitude - longitude) * 111.32 * Math.cos((latitude * Math.PI) / 180);
        expect(Math.hypot(north, east)).toBeLessThan(1.5);
      }),
    );
  });

  it('differs for two people in one house, so that a shared cell does not say a shared home', () => {
    const home = { latitude: 21.1, longitude: 79.1 };
    expect(cellOf(home, { north: 0.4, east: 0.1 })).not.toEqual(cellOf(home, { north: -0.3, east: 0.2 }));
  });
});
