import { describe, expect, it } from '@jest/globals';
import { dayAfterKey } from './calendar-keys';

describe('dayAfterKey', () => {
  it('goes by days and by weeks, and stays inside the calendar', () => {
    expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End'].map((key) => dayAfterKey(key, 8, 28))).toEqual([9, 15, 7, 1, 0, 27]);
    expect([dayAfterKey('ArrowLeft', 0, 28), dayAfterKey('ArrowUp', 3, 28), dayAfterKey('ArrowDown', 25, 28)]).toEqual([0, 3, 25]);
  });
  it('leaves other keys to the browser', () => expect(dayAfterKey('Tab', 3, 28)).toBeNull());
});
