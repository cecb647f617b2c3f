import { expect, it } from '@jest/globals';
import { Turns } from './turns';

it('lets those who want the same go one after the other in the order of their coming, also after one that failed', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const work = (name: string, fails = false) =>
    turns.takeTurn('line', async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (fails) throw new Error(`${name} failed`);
      return name;
    });
  const all = await Promise.allSettled([work('first'), work('second', true), work('third')]);
  expect(all.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message))).toEqual(['first', 'second failed', 'third']);
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
  expect(turns.size).toBe(0);
});

it('keeps nobody waiting who wants something else', async () => {
  const turns = new Turns();
  let open: () => void = () => undefined;
  const held = turns.takeTurn('one', () => new Promise<void>((resolve) => (open = resolve)));
  await turns.takeTurn('other', async () => undefined);
  open();
  await held;
});
