import { describe, expect, it } from '@jest/globals';
import { askerOf, codeOf, oneMoreCode, type SentCodes } from './code.rules';

const start = Date.UTC(2026, 10, 22, 9);
const at = (minutes: number) => new Date(start + minutes * 60_000);

/** Asks for codes from one network at these minutes, while nobody else asks. */
function sendAll(minutes: readonly number[]): { sent: SentCodes; refused: number[] } {
  let sent: SentCodes = { network: [], address: [] };
  const refused: number[] = [];
  for (const minute of minutes) {
    const quota = oneMoreCode(sent, at(minute));
    if (quota.allowed) sent = quota.sent;
    else refused.push(minute);
  }
  return { sent, refused };
}
const alone = (minutes: number[]): SentCodes => ({ network: minutes.map(at), address: minutes.map(at) });

describe('codes for an address', () => {
  it('go out three times in ten minutes and not a fourth time', () => {
    expect(sendAll([0, 1, 2, 3, 9]).refused).toEqual([3, 9]);
  });

  it('go out again when the first of three is ten minutes old', () => {
    expect(sendAll([0, 1, 2, 10]).refused).toEqual([]);
    expect(oneMoreCode(alone([0, 1, 2]), at(4))).toEqual({ allowed: false, limit: 3, retryAfterSeconds: 360 });
  });

  it('go out eight times a day', () => {
    const spread = [0, 1, 2, 20, 21, 22, 40, 41, 60, 600, 1439, 1440];
    expect(sendAll(spread).refused).toEqual([60, 600, 1439]);
    const { sent } = sendAll([0, 1, 2, 20, 21, 22, 40, 41]);
    expect(oneMoreCode(sent, at(60))).toEqual({ allowed: false, limit: 8, retryAfterSeconds: 1380 * 60 });
  });

  it('go out 24 times a day whoever asks, and once a day to each network all the same', () => {
    const address = Array.from({ length: 24 }, (_, minute) => at(minute));
    expect(oneMoreCode({ network: [at(23)], address }, at(60))).toEqual({ allowed: false, limit: 24, retryAfterSeconds: 1380 * 60 });
    expect(oneMoreCode({ network: [], address }, at(60))).toMatchObject({ allowed: true });
  });

  it('keeps only the times that can still matter', () => {
    expect(oneMoreCode(alone([0]), at(1440))).toEqual({ allowed: true, sent: alone([1440]) });
    const many = Array.from({ length: 500 }, (_, n) => at(n / 100));
    const quota = oneMoreCode({ network: [], address: many }, at(6));
    expect(quota.allowed && quota.sent.address).toHaveLength(24);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:7:1::/64', '2001:db8:7'],
    ['unknown', 'unknown'],
  ])('are counted for the asker at %s', (network, asker) => {
    expect(askerOf(network)).toBe(asker);
  });

  it('always has six digits', () => {
    expect([codeOf(0), codeOf(42), codeOf(999_999)]).toEqual(['000000', '000042', '999999']);
  });
});
