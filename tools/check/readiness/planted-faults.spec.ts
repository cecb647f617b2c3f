import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeCommand } from './judge.rules';
import type { CommandEvidence } from './line';
import { faults, findsNoPlace, type Fault } from './planted-faults';
import { entries } from './table';

const root = join(__dirname, '..', '..', '..');
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

  const stoodIn = faults.flatMap((fault) => (fault.instead ? [[fault.what, fault, fault.instead] as const] : []));
  it.each(stoodIn)('are what the line turns RED for, where a proof is only quoted: %s', (_what, { line, edits }, instead) => {
    const evidence = entries.find(({ id }) => id === line)?.line.evidence as CommandEvidence;
    const statusOf = (quoted: Fault['edits']): string => judgeCommand(evidence, { exit: 0, output: quoted.map((edit) => said(evidence.script, edit)).join('') }).status;
    expect([statusOf(instead), statusOf(edits)]).toEqual(['GREEN', 'RED']);
  });
});

/** What the command would print that the edit puts into package.json. */
function said(script: string, { change }: Fault['edits'][number]): string {
  const { scripts } = JSON.parse(change('{"scripts":{}}') ?? '') as { scripts: Record<string, string> };
  return /^echo '(.*)'$/.exec(scripts[script] ?? '')?.[1] ?? '';
}
