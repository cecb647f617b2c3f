import { describe, expect, it } from '@jest/globals';
import { nextDayOf } from './next-day';

const work = { days: ['2026-12-03', '2026-12-01'], startsAt: '09:00', endsAt: '18:00', zone: 'Asia/Kolkata', state: 'accepted' };

describe('nextDayOf', () => {
  it('is the first day that is not over at the site', () => {
    expect(nextDayOf(work, Date.parse('2026-12-01T12:29:00Z'))).toBe('2026-12-01');
    expect(nextDayOf(work, Date.parse('2026-12-01T12:30:00Z'))).toBe('2026-12-03');
  });
  it('is none after the last day, and none of work that was called off', () => {
    expect(nextDayOf(work, Date.parse('2026-12-04T00:00:00Z'))).toBeNull();
    expect(nextDayOf({ ...work, state: 'cancelled_early' }, Date.parse('2026-11-30T00:00:00Z'))).toBeNull();
  });
});
