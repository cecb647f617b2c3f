import { describe, expect, it } from '@jest/globals';
import { bandOf } from '@muster/contracts/kernel/place';
import fc from 'fast-check';
import { bandAt, bands, boundsAround, chordSquared, chordSquaredOf, onSphere, widthBetween } from './distance.rules';

const point = fc.record({
  latitude: fc.oneof(fc.constantFrom(-90, 90, 0), fc.double({ min: -90, max: 90, noNaN: true })),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const radius = fc.integer({ min: 1, max: 511 });

describe('distances', () => {
  it('knows how far Nagpur is from Wardha', () => {
    const squared = chordSquared(onSphere({ latitude: 21.1463, longitude: 79.0849 }), ...onSphere({ latitude: 20.7393, longitude: 78.5969 }));
    expect(squared).toBeGreaterThan(chordSquaredOf(67));
    expect(squared).toBeLessThan(chordSquaredOf(69));
  });

  it('has the bands of the contract', () => {
    for (const kilometres of [0, 1.9, 2.1, 4.9, 5.1, 9.9, 10.1, 24.9, 25.1, 49.9, 50.1, 400]) {
      expect(bands[bandAt(chordSquaredOf(kilometres))]).toBe(bandOf(kilometres));
    }
  });

  it('draws bounds that leave nobody out who is within the radius', () => {
    let inside = 0;
    const near = fc.record({ north: fc.double({ min: -5, max: 5, noNaN: true }), east: fc.double({ min: -8, max: 8, noNaN: true }) });
    fc.assert(
      fc.property(point, near, radius, fc.double({ min: 0, max: 0.2, noNaN: true }), (site, { north, east }, kilometres, below) => {
        const latitude = Math.min(90, Math.max(-90, site.latitude + north));
        const other = { latitude, longitude: site.longitude + east };
        if (chordSquared(onSphere(site), ...onSphere(other)) > chordSquaredOf(kilometres)) return;
        inside += 1;
        const bounds = boundsAround(site, kilometres);
        expect(Math.abs(latitude - site.latitude)).toBeLessThanOrEqual(bounds.latitude);
        expect(Math.abs(east)).toBeLessThanOrEqual(bounds.longitude);
        expect(Math.abs(east)).toBeLessThanOrEqual(widthBetween(site, kilometres, latitude - below, latitude + 0.2 - below));
      }),
      { numRuns: 5000 },
    );
    expect(inside).toBeGreaterThan(500);
  });
});
