import { describe, expect, it } from '@jest/globals';
import { bornOn } from './born-on';

const now = '2026-11-22';

describe('bornOn', () => {
  it('makes a civil date of three numbers', () => expect(bornOn('7', '5', '1990', now)).toBe('1990-05-07'));
  it('refuses days that never were or are yet to come', () => {
    expect(bornOn('31', '2', '1990', now)).toBeNull();
    expect(bornOn('1', '1', '2030', now)).toBeNull();
    expect(bornOn('1', '1', '90', now)).toBeNull();
    expect(bornOn('23', '11', '2026', now)).toBeNull();
    expect(bornOn('1', '13', '1990', now)).toBeNull();
    expect(bornOn('1', '0', '1990', now)).toBeNull();
    expect(bornOn('001', '1', '1990', now)).toBeNull();
    expect(bornOn('', '1', '1990', now)).toBeNull();
    expect(bornOn('x', '1', '1990', now)).toBeNull();
  });
});
