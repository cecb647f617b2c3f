import { describe, expect, it } from '@jest/globals';
import { personId } from '@muster/contracts/kernel/ids';
import { newId } from './ids';

describe('newId', () => {
  it('makes ids that the contracts accept', () => {
    expect(() => personId.parse(newId())).not.toThrow();
  });

  it('rises strictly, within a millisecond, past the counter, and when the clock steps back', () => {
    const times = [...Array<number>(10_000).fill(1_800_000_000_000), ...Array<number>(10).fill(1_700_000_000_000), 1_900_000_000_000];
    const ids = times.map((time) => newId(time));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    ids.forEach((id) => personId.parse(id));
  });
});
