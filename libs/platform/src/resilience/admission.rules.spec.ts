import { describe, expect, it } from '@jest/globals';
import { rateClasses } from '@muster/contracts/kernel/access';
import { A_HANDFUL, loadClassOf, retryAfterSeconds, shedShare, type LoadClass } from './admission.rules';

const calm = { requests: 20, delayMs: 2, queueAgeMs: 0 };
const classes: LoadClass[] = ['A', 'B', 'C'];

describe('admission', () => {
  it('refuses nobody while the loop keeps up', () => {
    expect(classes.map((kind) => shedShare(calm, kind))).toEqual([0, 0, 0]);
  });

  it.each([
    { ...calm, requests: 2000 },
    { ...calm, delayMs: 150 },
    { ...calm, queueAgeMs: 700 },
  ])('refuses search before reads and reads before writes at %o', (load) => {
    const [a = 0, b = 0, c = 0] = classes.map((kind) => shedShare(load, kind));
    expect(c).toBeGreaterThan(b);
    expect(b).toBeGreaterThan(0);
    expect(a).toBe(0);
  });

  it('refuses writes too when they would wait for seconds', () => {
    expect(shedShare({ ...calm, delayMs: 2000 }, 'A')).toBe(1);
  });

  it('refuses nothing to a handful of requests, however late everything is', () => {
    const late = { requests: A_HANDFUL - 1, delayMs: 60_000, queueAgeMs: 60_000 };
    expect(classes.map((kind) => shedShare(late, kind))).toEqual([0, 0, 0]);
    expect(classes.map((kind) => shedShare({ ...late, requests: A_HANDFUL }, kind))).toEqual([1, 1, 1]);
  });

  it('knows every rate class, and puts what strangers search last', () => {
    expect(rateClasses.map((rate) => loadClassOf[rate])).toEqual(['A', 'A', 'A', 'B', 'C', 'A']);
  });

  it('spreads the return of those it refused', () => {
    expect([0, 0.3, 0.6, 0.99].map(retryAfterSeconds)).toEqual([1, 2, 3, 4]);
  });
});
