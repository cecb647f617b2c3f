import { expect, it } from '@jest/globals';
import { Sliced } from './sliced';

function counted() {
  const log: string[] = [];
  const work = new Sliced(function* () {
    for (const step of ['one', 'two', 'three']) {
      log.push(step);
      yield;
    }
    return 6;
  });
  return { log, work };
}

it('lets everything else run between two steps', async () => {
  const { log, work } = counted();
  const ticks = setInterval(() => log.push('tick'), 0);
  const other = (async () => {
    while (!work.isReady) {
      log.push('other');
      await new Promise<void>((resume) => setImmediate(resume));
    }
  })();
  await work.prepare();
  await other;
  clearInterval(ticks);
  const steps = log.filter((entry) => entry !== 'tick');
  for (const [one, next] of [['one', 'two'], ['two', 'three']] as const) {
    expect(steps.slice(steps.indexOf(one), steps.indexOf(next))).toContain('other');
  }
  expect(work.get()).toBe(6);
});

it('is done at once for whoever cannot wait, also when it was begun in slices', async () => {
  const { log, work } = counted();
  const begun = work.prepare();
  expect(log).toEqual(['one']);
  expect(work.isReady).toBe(false);
  expect(work.get()).toBe(6);
  await begun;
  expect(work.get()).toBe(6);
  expect(log).toEqual(['one', 'two', 'three']);
});
