import { describe, expect, it } from '@jest/globals';
import type { AuthEnv } from '../config';
import { Secrets } from './secrets';

const secrets = (AUTH_SECRET: string) => new Secrets({ AUTH_SECRET } as AuthEnv);
const mine = secrets('a secret that is long enough, mine');

describe('what AUTH_SECRET seals', () => {
  const sealed = mine.sealSecret('mail', 'letter 1', 'नमस्ते');

  it('opens under the same secret, purpose and name, each time sealed differently', () => {
    expect(mine.openSecret('mail', 'letter 1', sealed)).toBe('नमस्ते');
    expect(mine.sealSecret('mail', 'letter 1', 'नमस्ते')).not.toEqual(sealed);
  });

  it('opens under nothing else', () => {
    expect(() => secrets('a secret that is long enough, other').openSecret('mail', 'letter 1', sealed)).toThrow();
    expect(() => mine.openSecret('refresh key', 'letter 1', sealed)).toThrow();
    expect(() => mine.openSecret('mail', 'letter 2', sealed)).toThrow();
    const bent = Buffer.from(sealed);
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
    expect(() => mine.openSecret('mail', 'letter 1', bent)).toThrow();
  });

  it('gives each purpose its own MAC', () => {
    expect(mine.macOf('login', 'asha')).toEqual(mine.macOf('login', 'asha'));
    expect(mine.macOf('login', 'asha')).not.toEqual(mine.macOf('code', 'asha'));
  });
});
