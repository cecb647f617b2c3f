import { describe, expect, it } from '@jest/globals';
import { standingOf } from './invite-standing';

const work = { calledOff: false, days: ['2026-12-01', '2026-12-02'], startsAt: '09:00', endsAt: '18:00', zone: 'Asia/Kolkata' };

const now = Date.parse('2026-12-01T06:00:00Z');
const later = '2026-12-01T07:00:00Z';

describe('standingOf', () => {
  it('offers to accept only what can be accepted', () => {
    expect(standingOf({ ...work, state: 'seen', expiresAt: later, blockedBy: null }, now)).toEqual({ kind: 'open' });
    expect(standingOf({ ...work, state: 'sent', expiresAt: later, blockedBy: 'booked' }, now)).toEqual({ kind: 'blocked', by: 'booked' });
    expect(standingOf({ ...work, state: 'sent', expiresAt: later, blockedBy: 'over' }, now)).toEqual({ kind: 'ended', as: 'expired' });
  });
  it('lets the time limit pass without waiting for the service', () => {
    expect(standingOf({ ...work, state: 'seen', expiresAt: '2026-12-01T06:00:00Z', blockedBy: null }, now)).toEqual({ kind: 'ended', as: 'expired' });
  });
  it('keeps the answer that was given, whenever it is looked at', () => {
    expect(standingOf({ ...work, state: 'accepted', expiresAt: '2026-11-01T06:00:00Z', blockedBy: null }, now)).toEqual({ kind: 'ended', as: 'accepted' });
  });
  it('says of work that was cancelled since nothing else', () => {
    expect(standingOf({ ...work, state: 'accepted', expiresAt: later, blockedBy: null, calledOff: true }, now)).toEqual({ kind: 'ended', as: 'called_off' });
  });
  it('says of accepted work that it is done, from the end of its last day at the site on', () => {
    const accepted = { ...work, state: 'accepted', expiresAt: later, blockedBy: null } as const;
    expect(standingOf(accepted, Date.parse('2026-12-02T12:29:00Z'))).toEqual({ kind: 'ended', as: 'accepted' });
    expect(standingOf(accepted, Date.parse('2026-12-02T12:30:00Z'))).toEqual({ kind: 'ended', as: 'done' });
  });
});
