import { describe, expect, it } from '@jest/globals';
import { HealthIndicatorService, TerminusModule, type HealthIndicatorResult } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { Readiness } from './readiness';
import { tolerant } from './tolerant';

const indicators = new HealthIndicatorService();
const up = (name: string): HealthIndicatorResult => indicators.check(name).up();
const down = (name: string, reason: string): HealthIndicatorResult => indicators.check(name).down({ reason });

async function made(): Promise<Readiness> {
  const testing = await Test.createTestingModule({ imports: [TerminusModule.forRoot({ logger: false })], providers: [Readiness] }).compile();
  return testing.get(Readiness);
}

describe('readiness', () => {
  it('is its checks, and each says why', async () => {
    const readiness = await made();
    readiness.registerIndicator('schema', () => up('schema'));
    readiness.registerIndicator('index', async () => down('index', 'loading'));
    readiness.registerIndicator('throws', () => {
      throw new Error('db.internal refused muster');
    });
    expect(Object.fromEntries(await readiness.outcomes())).toEqual({ drain: true, schema: true, index: 'loading', throws: 'failed' });
  });

  it('does not wait for a check that hangs', async () => {
    const readiness = await made();
    readiness.registerIndicator('hangs', () => new Promise(() => undefined));
    expect((await readiness.outcomes()).get('hangs')).toBe('no answer in time');
  });

  it('refuses a name twice', async () => {
    const readiness = await made();
    readiness.registerIndicator('schema', () => up('schema'));
    expect(() => readiness.registerIndicator('schema', () => up('schema'))).toThrow('registered twice');
  });

  it('bears a silent database for 20 seconds, no longer, and comes back with it', async () => {
    const readiness = await made();
    let now = 0;
    let reachable = true;
    const indicator = () => (reachable ? up('database') : down('database', 'unreachable'));
    readiness.registerIndicator('database', tolerant(indicator, up('database'), 20_000, () => now));
    const outcome = async () => (await readiness.outcomes()).get('database');
    expect(await outcome()).toBe(true);
    reachable = false;
    now = 19_999;
    expect(await outcome()).toBe(true);
    now = 20_000;
    expect(await outcome()).toBe('unreachable');
    reachable = true;
    expect(await outcome()).toBe(true);
  });

  it('bears a database that hangs as long, asks it one thing at a time, and takes an answer that comes late', async () => {
    const readiness = await made();
    let now = 0;
    const waiting: Array<() => void> = [];
    const indicator = () => new Promise<HealthIndicatorResult>((resolve) => waiting.push(() => resolve(up('database'))));
    readiness.registerIndicator('database', tolerant(indicator, up('database'), 20_000, () => now));
    const outcome = async () => (await readiness.outcomes()).get('database');
    now = 19_999;
    expect([await outcome(), await outcome(), waiting.length]).toEqual([true, true, 1]);
    waiting[0]?.();
    now = 30_000;
    expect(await outcome()).toBe(true);
    now = 50_000;
    expect(await outcome()).toBe('no answer in time');
  });
});
