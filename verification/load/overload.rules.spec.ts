import { expect, it } from '@jest/globals';
import { faultsOf, type Step } from './overload.rules';

const base: Step = { times: 1, asked: 100, good: 100, shed: 0, p99Ms: 150, lateShare: 0, wrong: false, mostMb: 200, backMs: 0, classA: undefined, askedOfA: 0 };
const twice: Step = { ...base, times: 2, good: 91, shed: 109, p99Ms: 290, classA: 1, askedOfA: 150 };

it('finds nothing where every aim is met', () => {
  expect([twice, { ...base, times: 10, good: 75 }].flatMap((step) => faultsOf(base, step))).toEqual([]);
});

it.each<[string, Partial<Step>, RegExp]>([
  ['goodput that collapses', { good: 60 }, /goodput is 60 %/],
  ['a tail that grows', { p99Ms: 3000 }, /p99 .* 20.0 ×/],
  ['a refused acceptance', { classA: 0.98 }, /98.0 % of 150/],
  ['memory that grows', { mostMb: 400 }, /memory is 2.00 ×/],
  ['a server that does not recover', { backMs: 20_000 }, /after 20.0 s/],
  ['a generator that was late', { lateShare: 0.2 }, /late for 20.0 %/],
  ['an answer that is neither', { wrong: true }, /neither answered nor refused/],
])('finds %s', (_what, seen, fault) => {
  expect(faultsOf(base, { ...twice, ...seen }).join()).toMatch(fault);
});
