import { describe, expect, it } from '@jest/globals';
import { codeOf, oneMoreCode } from './code.rules';

const start = Date.UTC(2026, 10, 22, 9);
const at = (minutes: number) => new Date(start + minutes * 60_000);

function sendAll(minutes: readonly number[]): { sentAt: readonly Date[]; refused: number[] } {
  let sentAt: readonly Date[] = [];
  const refused: number[] = [];
  for (const minute of minutes) {
    const quota = oneMoreCode(sentAt, at(minute));
    if (quota.allowed) sentAt = quota.sentAt;
    else refused.push(minute);
  }
  return { sentAt, refused };
}

describe('codes for an address', () => {
  it('go out three times in ten minutes and not a fourth time', () => {
    expect(sendAll([0, 1, 2, 3, 9]).refused).toEqual([3, 9]);
  });

  it('go out again when the first of three is ten minutes old', () => {
    expect(sendAll([0, 1, 2, 10]).refused).toEqual([]);
    expect(oneMoreCode([at(0), at(1), at(2)], at(4))).toEqual({ allowed: false, limit: 3, retryAfterSeconds: 360 });
  });

  it('go out eight times a day', () => {
    const spread = [0, 1, 2, 20, 21, 22, 40, 41, 60, 600, 1439, 1440];
    expect(sendAll(spread).refused).toEqual([60, 600, 1439]);
    const { sentAt } = sendAll([0, 1, 2, 20, 21, 22, 40, 41]);
    expect(oneMoreCode(sentAt, at(60))).toEqual({ allowed: false, limit: 8, retryAfterSeconds: 1380 * 60 });
  });

  it('keeps only the times that can still matter', () => {
    const quota = oneMoreCode([at(0)], at(1440));
    expect(quota).toEqual({ allowed: true, sentAt: [at(1440)] });
  });

  it('always has six digits', () => {
    expect([codeOf(0), codeOf(42), codeOf(999_999)]).toEqual(['000000', '000042', '999999']);
  });
});
