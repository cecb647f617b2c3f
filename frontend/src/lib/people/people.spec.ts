import { describe, expect, it } from '@jest/globals';
import { batchesOf } from './people';

describe('batchesOf', () => {
  it('leaves nobody out beyond a hundred, and asks for nobody twice', () => {
    const ids = Array.from({ length: 250 }, (_, index) => `person ${String(index).padStart(3, '0')}`);
    const batches = batchesOf([...ids, ...ids].reverse());
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(ids);
  });
  it('asks nothing for nobody', () => expect(batchesOf([])).toEqual([]));
});
