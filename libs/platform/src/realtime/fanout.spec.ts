import { describe, expect, it } from '@jest/globals';
import { InProcessBus } from '../messaging/in-process-bus';
import { subjectMatches } from './fanout';
import { InProcessFanout } from './in-process-fanout';

describe('subjects', () => {
  it.each([
    ['live.*', 'live.a', true],
    ['live.*', 'live.a.b', false],
    ['live.*', 'live.', false],
    ['live.*', 'lively.a', false],
    ['revocations', 'revocations', true],
    ['revocations', 'revocations.a', false],
  ])('%s and %s', (pattern, subject, matches) => {
    expect(subjectMatches(pattern, subject)).toBe(matches);
  });
});

describe('fan-out in process', () => {
  it('gives each listener its own copy, and none after the end', async () => {
    const fanout = new InProcessFanout(new InProcessBus());
    const message = { list: [1] };
    const heard: unknown[] = [];
    const end = fanout.subscribe('live.*', (copy) => heard.push(copy));
    fanout.publish('live.a', message);
    message.list.push(2);
    await new Promise((resolve) => setImmediate(resolve));
    end();
    fanout.publish('live.a', message);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([{ list: [1] }]);
  });
});
