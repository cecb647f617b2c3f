import { describe, expect, it } from '@jest/globals';
import { accountStates, ageOn, emailKeyOf, judgeAge, maySignIn, mayBecome, rolesOf, withHat, withoutHat } from './account.rules';

const allowed = new Set([
  'pending active',
  'active locked',
  'active suspended',
  'active deletion_requested',
  'locked active',
  'locked deletion_requested',
  'suspended active',
  'suspended deletion_requested',
  'deletion_requested active',
  'deletion_requested erasing',
  'erasing erased',
]);
const pairs = accountStates.flatMap((from) => accountStates.map((to) => [from, to] as const));

describe('the states of an account', () => {
  it.each(pairs)('%s → %s', (from, to) => {
    expect(mayBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });

  it('let nobody sign in who has not confirmed, is locked, suspended or gone', () => {
    expect(accountStates.filter(maySignIn)).toEqual(['active', 'deletion_requested']);
  });
});

describe('age', () => {
  it.each([
    ['2008-11-22', '2026-11-22', 18],
    ['2008-11-23', '2026-11-22', 17],
    ['2008-12-01', '2026-11-22', 17],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
  ])('of somebody born on %s is on %s: %i', (birth, today, age) => {
    expect(ageOn(birth, today)).toBe(age);
  });

  it.each([
    ['2008-11-22', 'adult'],
    ['2008-11-23', 'under_age'],
    ['2030-01-01', 'under_age'],
    ['1901-01-01', 'adult'],
    ['1900-01-01', 'impossible'],
    ['0000-01-01', 'impossible'],
  ])('judges a birth on %s: %s', (birth, judgement) => {
    expect(judgeAge(birth, '2026-11-22')).toBe(judgement);
  });
});

describe('hats', () => {
  it('are worn once, in one order, beside grants', () => {
    const both = withHat(withHat(withHat([], 'worker'), 'contractor'), 'worker');
    expect(both).toEqual(['contractor', 'worker']);
    expect(withoutHat(both, 'worker')).toEqual(['contractor']);
    expect(withoutHat([], 'worker')).toEqual([]);
    expect(rolesOf(both, ['support'])).toEqual(['contractor', 'worker', 'support']);
  });
});

it('compares addresses in lower case', () => {
  expect(emailKeyOf('Asha.K@Example.IN')).toBe('asha.k@example.in');
});
