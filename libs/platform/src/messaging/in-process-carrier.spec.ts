import { expect, it } from '@jest/globals';
import type { Envelope } from '@muster/contracts/kernel/event';
import { pause } from '../kernel/backoff';
import { InProcessBus } from './in-process-bus';
import { InProcessCarrier } from './in-process-carrier';

const event = (id: string): Envelope => ({ id }) as unknown as Envelope;

it.each([0, 1, 2, 3, 4, 5, 6, 8, 12])('delivers what is published %i microtasks after its reader took the last', async (microtasks) => {
  const carrier = new InProcessCarrier(new InProcessBus());
  const taken: string[] = [];
  const publishLater = async (): Promise<void> => {
    for (let n = 0; n < microtasks; n += 1) await Promise.resolve();
    await carrier.publishEvents('user', [event('second')]);
  };
  carrier.subscribeReader({
    reader: 'matching',
    producers: ['user'],
    onHead: () => undefined,
    onEvents: async (_producer, events) => {
      taken.push(...events.map(({ id }) => id as string));
      if (taken.length === 1) void publishLater();
    },
  });
  await carrier.publishEvents('user', [event('first')]);
  await pause(5);
  expect(taken).toEqual(['first', 'second']);
  await carrier.close();
});

it('goes on after a reader that throws', async () => {
  const carrier = new InProcessCarrier(new InProcessBus());
  const taken: string[] = [];
  carrier.subscribeReader({
    reader: 'matching',
    producers: ['user'],
    onHead: () => undefined,
    onEvents: (_producer, events) => {
      taken.push(...events.map(({ id }) => id as string));
      throw new Error('it could not file them');
    },
  });
  for (const id of ['first', 'second']) {
    await carrier.publishEvents('user', [event(id)]);
    await pause(5);
  }
  expect(taken).toEqual(['first', 'second']);
  await carrier.close();
});
