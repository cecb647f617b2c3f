import { describe, expect, it } from '@jest/globals';
import { inviteState, type InviteState } from '@muster/contracts/matching/views';
import { mayAsk, type EarlierInvite } from './asking.rules';

const now = new Date('2026-12-02T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const earlier = (state: InviteState, hours = 1, line_id = 'line'): EarlierInvite => ({
  line_id, state, expires_at: hoursAgo(hours), ended_at: hoursAgo(hours),
});
const verdictAfter = (...invites: EarlierInvite[]) => mayAsk(invites, 'line', now).verdict;

describe('asking a worker again', () => {
  it('is fine where nothing was asked before', () => expect(verdictAfter()).toBe('fine'));

  it.each(['planned', 'sent', 'seen'] as const)('waits for an invite that is %s, of whichever line', (state) => {
    expect([verdictAfter(earlier(state)), verdictAfter(earlier(state, 1, 'other'))]).toEqual(['already_invited', 'already_invited']);
  });

  it.each(['withdrawn', 'superseded'] as const)('is fine at once after one was %s', (state) => {
    expect(verdictAfter(earlier(state, 0))).toBe('fine');
  });

  it('for the same line takes a day after an expiry, for another line none', () => {
    expect(mayAsk([earlier('expired', 23)], 'line', now)).toEqual({ verdict: 'later', until: new Date('2026-12-02T13:00:00Z') });
    expect([verdictAfter(earlier('expired', 24)), verdictAfter(earlier('expired', 1, 'other'))]).toEqual(['fine', 'fine']);
  });

  it('after a decline is for another line only, a day later', () => {
    expect(verdictAfter(earlier('declined', 1000))).toBe('asked_enough');
    expect(mayAsk([earlier('declined', 20, 'other')], 'line', now)).toEqual({ verdict: 'later', until: new Date('2026-12-02T16:00:00Z') });
    expect(verdictAfter(earlier('declined', 24, 'other'))).toBe('fine');
  });

  it('is over after three times for one line, and not before', () => {
    const twice = [earlier('withdrawn'), earlier('expired', 30)];
    expect(verdictAfter(...twice, earlier('superseded', 1, 'other'))).toBe('fine');
    expect(verdictAfter(...twice, earlier('superseded'))).toBe('asked_enough');
  });

  it('for a line that was accepted makes no sense, for another it does', () => {
    expect([verdictAfter(earlier('accepted')), verdictAfter(earlier('accepted', 1, 'other'))]).toEqual(['already_invited', 'fine']);
  });

  it('has a verdict after every state of an invite', () => {
    for (const state of inviteState.options) expect(verdictAfter(earlier(state))).toMatch(/^(fine|already_invited|asked_enough|later)$/);
  });
});
