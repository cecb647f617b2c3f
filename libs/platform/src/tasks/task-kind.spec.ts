import { describe, expect, it } from '@jest/globals';
import { defineTaskKind } from './task-kind';

const sound = { kind: 'auth.send_mail', concurrency: 4, attempts: 10, timeoutMs: 15_000 };

describe('a kind of task', () => {
  it('is taken as it is when it can be worked', () => {
    expect(defineTaskKind(sound)).toEqual(sound);
  });

  it.each([
    [{ kind: 'send mail' }, 'task kind send mail: its name is not <service>.<effect>'],
    [{ concurrency: 0 }, 'task kind auth.send_mail: its concurrency is not between 1 and 100'],
    [{ attempts: 1.5 }, 'task kind auth.send_mail: its attempts are not between 1 and 100'],
    [{ timeoutMs: 20_001 }, 'task kind auth.send_mail: its time limit is not between 1 and 20000 ms'],
  ])('with %o is refused in a sentence', (wrong, words) => {
    expect(() => defineTaskKind({ ...sound, ...wrong })).toThrow(words);
  });
});
