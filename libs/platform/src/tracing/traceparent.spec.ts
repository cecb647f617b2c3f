import { describe, expect, it } from '@jest/globals';
import { asService, currentScope } from './scope';
import { currentTraceId, currentTraceparent, formatTraceparent, newTraceParent, parseTraceparent, withTraceparent } from './traceparent';

const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('traceparent', () => {
  it('reads and writes the same header', () => {
    const parsed = parseTraceparent(sampled);
    expect(parsed).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled: true });
    expect(parsed && formatTraceparent(parsed)).toBe(sampled);
  });

  it.each([
    undefined,
    '',
    'x',
    sampled.toUpperCase(),
    `${sampled}-more`,
    sampled.replace('00-', 'ff-'),
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
  ])('takes %p for none', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('makes a new trace each time, also after the drawn bytes are used up', () => {
    const ids = Array.from({ length: 1000 }, () => newTraceParent(false));
    expect(new Set(ids.map(({ traceId }) => traceId)).size).toBe(1000);
    expect(ids.every((parent) => parseTraceparent(formatTraceparent(parent)) !== undefined)).toBe(true);
  });

  it('is undefined outside any work', () => {
    expect(currentTraceparent()).toBeUndefined();
  });

  it('lasts across awaits and timers and ends with the work', async () => {
    await withTraceparent(sampled, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(currentTraceparent()).toBe(sampled);
      expect(currentTraceId()).toBe('0af7651916cd43dd8448eb211c80319c');
    });
    expect(currentTraceparent()).toBeUndefined();
  });

  it('keeps the service of the surrounding work', () => {
    asService('auth', () => withTraceparent(sampled, () => expect(currentScope().service).toBe('auth')));
  });

  it('leaves the scope alone when an event brings a malformed one', () => {
    withTraceparent(sampled, () => withTraceparent('nonsense', () => expect(currentTraceparent()).toBe(sampled)));
  });
});
