import { describe, expect, it } from '@jest/globals';
import { isDue, keyInUse, retired } from './key.rules';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const keys = [1, 31, 61].map((number) => ({ id: number, activeFrom: day(number) }));

describe('the keys of a family', () => {
  it.each([
    [1, 1],
    [30, 1],
    [31, 31],
    [60, 31],
    [90, 61],
  ])('on day %i the one in use began on day %i', (today, id) => {
    expect(keyInUse(keys, day(today))?.id).toBe(id);
  });

  it('have none in use before the first begins', () => {
    expect(keyInUse(keys, day(0))).toBeUndefined();
  });

  it('are followed when the newest is old enough, whatever the others', () => {
    expect(isDue(keys, day(90), 30)).toBe(false);
    expect(isDue(keys, day(91), 30)).toBe(true);
  });

  it('may go once nothing since the given moment was signed with them', () => {
    expect(retired(keys, day(60)).map((key) => key.id)).toEqual([1]);
    expect(retired(keys, day(31)).map((key) => key.id)).toEqual([1]);
    expect(retired(keys, day(30)).map((key) => key.id)).toEqual([]);
    expect(retired(keys, day(0)).map((key) => key.id)).toEqual([]);
  });
});
