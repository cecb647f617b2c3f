import { describe, expect, it } from '@jest/globals';
import { standingOf } from './invite-standing';

const now = Date.parse('2026-12-01T06:00:00Z');
const later = '2026-12-01T07:00:00Z';

describe('standingOf', () => {
  it('offers to accept only what can be accepted', () => {
    expect(standingOf({ state: 'seen', expiresAt: later, blockedBy: null }, now)).toEqual({ kind: 'open' });
    expect(standingOf({ state: 'sent', expiresAt: later, blockedBy: 'booked' }, now)).toEqual({ kind: 'blocked', by: 'booked' });
    expect(standingOf({ state: 'sent', expiresAt: later, blockedBy: 'over' }, now)).toEqual({ kind: 'ended', as: 'expired' });
  });
  it('lets the time limit pass without waiting for the service', () => {
    expect(standingOf({ state: 'seen', expiresAt: '2026-12-01T06:00:00Z', blockedBy: null }, now)).toEqual({ kind: 'ended', as: 'expired' });
  });
  it('keeps the answer that was given, whenever it is looked at', () => {
    expect(standingOf({ state: 'accepted', expiresAt: '2026-11-01T06:00:00Z', blockedBy: null }, now)).toEqual({ kind: 'ended', as: 'accepted' });
  });
});
