import { describe, expect, it } from '@jest/globals';
import { snapped } from './snapped';

describe('snapped', () => {
  it('tells the cell of about a kilometre and nothing finer', () => {
    expect(snapped({ latitude: 21.145_812, longitude: 79.088_155 })).toBe('21.15,79.09');
    expect(snapped({ latitude: 21.148_9, longitude: 79.091_1 })).toBe('21.15,79.09');
    expect(snapped({ latitude: -0.001, longitude: 179.999 })).toBe('0.00,180.00');
  });
});
