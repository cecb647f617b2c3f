import { describe, expect, it } from '@jest/globals';
import { judgeRefresh, type RefreshJudgement, type SessionFacts } from './refresh.rules';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 9, 0, seconds));
const same = Buffer.from('the attempt of the last rotation');
const other = Buffer.from('some other attempt');
const IDLE_DAYS = 30;

const session: SessionFacts = {
  number: 7,
  rotatedAt: at(0),
  attempt: same,
  lastUsedAt: at(0),
  expiresAt: new Date(at(0).getTime() + 180 * 86_400_000),
  endedAt: null,
};

const table: ReadonlyArray<[number: number, attempt: Buffer, seconds: number, RefreshJudgement]> = [
  // the newest, whenever and with whatever attempt
  [7, other, 0, 'rotate'],
  [7, same, 0, 'rotate'],
  [7, other, 3600, 'rotate'],
  [7, same, 86_400, 'rotate'],
  // the predecessor, within ten seconds or with the attempt that rotated it
  [6, other, 0, 'repeat'],
  [6, other, 10, 'repeat'],
  [6, same, 10, 'repeat'],
  [6, other, 11, 'reuse'],
  [6, same, 11, 'repeat'],
  [6, same, 86_400, 'repeat'],
  [6, other, 86_400, 'reuse'],
  // anything older, however young and whatever the attempt
  [5, other, 0, 'reuse'],
  [5, same, 0, 'reuse'],
  [5, same, 11, 'reuse'],
  [1, same, 3600, 'reuse'],
  // from a future that this database has lost
  [8, other, 0, 'ahead'],
  [8, same, 11, 'ahead'],
  [900, other, 3600, 'ahead'],
];

describe('judging a refresh token', () => {
  it.each(table)('token %i of a session at 7 with attempt %s after %i s: %s', (number, attempt, seconds, expected) => {
    expect(judgeRefresh(session, { number, attempt }, at(seconds), IDLE_DAYS)).toBe(expected);
  });

  it('never repeats for a session that was not rotated yet', () => {
    const fresh = { ...session, number: 1, attempt: null };
    expect(judgeRefresh(fresh, { number: 1, attempt: other }, at(1), IDLE_DAYS)).toBe('rotate');
    expect(judgeRefresh(fresh, { number: 2, attempt: other }, at(1), IDLE_DAYS)).toBe('ahead');
  });

  it.each(table)('token %i with attempt %s after %i s is over once the session has ended', (number, attempt, seconds) => {
    expect(judgeRefresh({ ...session, endedAt: at(0) }, { number, attempt }, at(seconds), IDLE_DAYS)).toBe('over');
  });

  it('is over for a session that does not exist', () => {
    expect(judgeRefresh(undefined, { number: 1, attempt: same }, at(0), IDLE_DAYS)).toBe('over');
  });

  it('is over after the idle time and after the longest time', () => {
    const idle = new Date(at(0).getTime() + IDLE_DAYS * 86_400_000);
    expect(judgeRefresh(session, { number: 7, attempt: other }, new Date(idle.getTime() - 1), IDLE_DAYS)).toBe('rotate');
    expect(judgeRefresh(session, { number: 7, attempt: other }, idle, IDLE_DAYS)).toBe('over');
    const used = { ...session, lastUsedAt: session.expiresAt };
    expect(judgeRefresh(used, { number: 7, attempt: other }, session.expiresAt, IDLE_DAYS)).toBe('over');
  });
});
