import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { releaseOf } from './release';

describe('the release', () => {
  it('is what the image says', () => {
    expect(releaseOf({ RELEASE_VERSION: '1.4.2', RELEASE_COMMIT: '933723b' })).toEqual({ version: '1.4.2', commit: '933723b' });
  });

  it("is the version of package.json in a checkout, whose commit nobody vouches for", () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(releaseOf({})).toEqual({ version, commit: 'unknown' });
  });
});
