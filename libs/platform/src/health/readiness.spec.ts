import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness';

describe('readiness', () => {
  it('is its checks, and each says why', async () => {
    const readiness = new Readiness();
    readiness.register('schema', () => true);
    readiness.register('index', async () => 'loading');
    readiness.register('throws', () => {
      throw new Error('db.internal refused muster');
    });
    expect(Object.fromEntries(await readiness.outcomes())).toEqual({ drain: true, schema: true, index: 'loading', throws: 'failed' });
  });

  it('does not wait for a check that hangs', async () => {
    const readiness = new Readiness();
    readiness.register('hangs', () => new Promise(() => undefined));
    expect((await readiness.outcomes()).get('hangs')).toBe('no answer in time');
  });

  it('refuses a name twice', () => {
    const readiness = new Readiness();
    readiness.register('schema', () => true);
    expect(() => readiness.register('schema', () => true)).toThrow('registered twice');
  });

  it('bears a silent database for 20 seconds, no longer, and comes back with it', async () => {
    const readiness = new Readiness();
    let now = 0;
    let up = true;
    readiness.registerTolerant('database', () => up || 'unreachable', 20_000, () => now);
    const outcome = async () => (await readiness.outcomes()).get('database');
    expect(await outcome()).toBe(true);
    up = false;
    now = 19_999;
    expect(await outcome()).toBe(true);
    now = 20_000;
    expect(await outcome()).toBe('unreachable');
    up = true;
    expect(await outcome()).toBe(true);
  });
});
