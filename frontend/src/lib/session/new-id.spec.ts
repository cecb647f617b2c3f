import { describe, expect, it } from '@jest/globals';
import { id } from '../../../../libs/contracts/src/kernel/ids';
import { newId } from './new-id';

describe('newId', () => {
  it('makes ids that the contracts take, in the order of time', () => {
    const made = Array.from({ length: 200 }, (_, index) => newId(1_764_000_000_000 + index));
    for (const one of made) expect(id('Thing').safeParse(one).success).toBe(true);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(200);
  });
});
