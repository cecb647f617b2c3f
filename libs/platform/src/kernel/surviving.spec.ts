import { EventEmitter, once } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { releaseOf } from '../config/release';
import { createLogger } from '../logging/logger';
import { printNestLogs } from '../logging/nest-logger';
import { eventually } from '../testing/eventually';
import { every, surviving } from './surviving';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  printNestLogs(createLogger({ service: 'auth', level: 'info', release: releaseOf({}), destination }));
});

const failure = (listener: string) => expect.objectContaining({ level: 'error', listener, msg: 'a listener failed' });
const fail = (): never => {
  throw new Error('broken');
};

describe('a listener that survives', () => {
  it('leaves a line for what it throws, and the other listeners hear the event', () => {
    const source = new EventEmitter();
    let heard = 0;
    source.on('upgrade', surviving('upgrade', fail));
    source.on('upgrade', () => undefined).on('upgrade', surviving('counting', () => (heard += 1)));
    source.emit('upgrade');
    expect([heard, lines]).toEqual([1, [failure('upgrade')]]);
  });

  it('leaves a line for what it rejects with', async () => {
    surviving('feed', async () => fail())();
    await eventually(() => expect(lines).toEqual([failure('feed')]));
  });

  it('does what has to be done all the same, with what the listener was given', () => {
    const ended: string[] = [];
    surviving('upgrade', (_socket: string) => fail(), (socket) => ended.push(socket))('the socket');
    surviving('upgrade', fail, fail)();
    expect(ended).toEqual(['the socket']);
    expect(lines).toHaveLength(3);
  });

  it.each([['an object without a prototype', Object.create(null)], ['a symbol', Symbol('x')], ['nothing', undefined]])('survives %s as well', (_, thrown: unknown) => {
    surviving('odd', () => {
      throw thrown;
    })();
    expect(lines).toEqual([failure('odd')]);
  });

  it('runs again at its time after it failed', async () => {
    const again = new EventEmitter();
    let runs = 0;
    const timer = every('sweep', 1, () => {
      runs += 1;
      if (runs === 3) again.emit('third');
      fail();
    });
    // The timer keeps no process alive, this test waits for it.
    const [keepAlive] = [setInterval(() => undefined, 1000), await once(again, 'third')];
    clearInterval(timer);
    clearInterval(keepAlive);
    expect(lines.length).toBeGreaterThanOrEqual(2);
  });
});
