import { describe, expect, it } from '@jest/globals';
import { authSignUpFields, matchingDescribeJobFields } from '../api/generated';
import { faultOf, fieldOf } from './rules';

const at = (pointer: string) => ({ pointer, message: '', code: '' });

describe('faultOf', () => {
  it('refuses what the contract would', () => {
    expect(faultOf(authSignUpFields['password'], 'short')).toEqual({ id: 'fault.too_short', values: { min: 10 } });
    expect(faultOf(authSignUpFields['email'], '')).toEqual({ id: 'fault.required' });
    expect(faultOf(authSignUpFields['email'], 'ramesh')).toEqual({ id: 'fault.email' });
    expect(faultOf(authSignUpFields['email'], 'ramesh@example.in')).toBeNull();
    expect(faultOf(matchingDescribeJobFields['title'], 'x'.repeat(121))).toEqual({ id: 'fault.too_long', values: { max: 120 } });
  });
  it('counts numbers and lists as the contract does', () => {
    const { 'lines.*.count': count, 'lines.*.days': days } = matchingDescribeJobFields;
    expect([0, 1, 60, 61].map((value) => faultOf(count, value)?.id)).toEqual(['fault.too_small', undefined, undefined, 'fault.too_big']);
    expect([[], ['2026-12-01'], Array<string>(61).fill('2026-12-01')].map((value) => faultOf(days, value)?.id)).toEqual(['fault.required', undefined, 'fault.too_big']);
    expect(faultOf(count, null)?.id).toBe('fault.required');
  });
  it('has nothing to say about a field without a rule', () => expect(faultOf(undefined, '')).toBeNull());
});

describe('fieldOf', () => {
  it('names a field as a form does', () => {
    expect(fieldOf(at('/body/lines/0/pay/amount'))).toBe('lines.0.pay.amount');
    expect(fieldOf(at('/body/a~1b'))).toBe('a/b');
  });
  it('is null for what is not of the body', () => {
    expect(fieldOf(at('/query/limit'))).toBeNull();
    expect(fieldOf(at('/body'))).toBeNull();
  });
});
