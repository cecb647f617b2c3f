import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults, findsNoPlace } from './planted-faults';
import { entries } from './table';

const root = join(__dirname, '..', '..');
const read = (file: string): string => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');

describe('the planted faults', () => {
  it('are for lines that there are, in every pillar but those that need a daemon', () => {
    const lines = new Set(entries.map(({ id }) => id));
    expect(faults.filter(({ line }) => !lines.has(line))).toEqual([]);
    expect(new Set(faults.map(({ line }) => line.split('/')[0])).size).toBeGreaterThanOrEqual(9);
  });

  it.each(faults.map((fault) => [fault.what, fault] as const))('find their place: %s', (_what, { edits }) => {
    expect(edits.filter(({ file, change }) => findsNoPlace(read(file), change)).map(({ file }) => file)).toEqual([]);
  });
});
