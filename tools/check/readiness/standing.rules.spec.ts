import { describe, expect, it } from '@jest/globals';
import { command, inputHash, tests, type Line, type Status } from './line';
import { exitStatus, gaps, measured, regressions, remembered, type Result, type Standing } from './standing.rules';

const line = (more: Partial<Line> = {}): Line => ({ name: 'one', question: 'Is it so?', evidence: command('check:one'), run: 'quick', risk: 3, action: 'Do it.', ...more });
const result = (status: Status, more: Partial<Result> = {}): Result => ({ status, figure: '1', why: '', at: '2026-01-01T00:00Z', commit: 'abc', inputs: 'same', machine: 'm', seconds: 1, ...more });
const now = (status: Status, more: Partial<Line> = {}, id = 'a/one'): Standing =>
  measured(id, line(more), { status, figure: '', why: '', measured: true }, { at: new Date(0), commit: 'abc', machine: 'm', inputs: 'same' }, 1);
const at = (day: string) => ({ at: new Date(`2026-${day}T00:00Z`), inputs: 'same' });

describe('a line that was not measured', () => {
  it('stands as recorded while the record is fresh and of the same files', () => {
    expect(remembered('a/one', line(), { result: result('GREEN') }, at('01-20')).status).toBe('GREEN');
  });

  it('is YELLOW when the record is older than thirty days, of other files, or could not be renewed here', () => {
    expect(remembered('a/one', line(), { result: result('GREEN') }, at('02-01'))).toMatchObject({ status: 'YELLOW', why: 'measured 31 days ago' });
    expect(remembered('a/one', line(), { result: result('GREEN', { inputs: 'other' }) }, at('01-02'))).toMatchObject({ status: 'YELLOW' });
    expect(remembered('a/one', line(), { result: result('GREEN') }, at('01-02'), 'left out here: no docker')).toMatchObject({ status: 'YELLOW' });
  });

  it('never gets better by age', () => {
    expect(remembered('a/one', line(), { result: result('RED') }, at('03-01')).status).toBe('RED');
  });

  it('is RED where nothing was ever recorded, and YELLOW where it could only not be had here', () => {
    expect(remembered('a/one', line(), {}, at('01-02'))).toMatchObject({ status: 'RED', why: 'never measured' });
    expect(remembered('a/one', line(), {}, at('01-02'), 'left out here: no docker')).toMatchObject({ status: 'YELLOW', why: 'left out here: no docker; never measured' });
  });

  it('is still YELLOW in a later run that did not try, and what was measured wherever something was', () => {
    const shown = { status: 'YELLOW', why: 'left out here: no docker; never measured' } as const;
    expect(remembered('a/one', line(), { shown }, at('01-02'))).toMatchObject(shown);
    expect(remembered('a/one', line(), { shown: { status: 'RED', why: 'never measured' } }, at('01-02')).status).toBe('RED');
    expect(remembered('a/one', line(), { shown, result: result('RED') }, at('01-02')).status).toBe('RED');
  });
});

describe('the exit status', () => {
  const quick = { quick: true, strict: false };
  const full = { quick: false, strict: false };

  it('of a full run is 1 for each RED, declared or not', () => {
    expect(exitStatus([now('GREEN'), now('YELLOW')], {}, false, full)).toBe(0);
    expect(exitStatus([now('GREEN'), now('RED', { later: 'it comes' })], {}, false, full)).toBe(1);
  });

  it('of a quick run is 1 for what got worse', () => {
    expect(exitStatus([now('YELLOW')], { 'a/one': result('GREEN') }, false, quick)).toBe(1);
    expect(exitStatus([now('RED')], { 'a/one': result('RED') }, false, quick)).toBe(0);
    expect(exitStatus([now('GREEN')], { 'a/one': result('RED') }, false, quick)).toBe(0);
  });

  it('of a quick run is 1 for a new line that is RED, but not for one that is to come later', () => {
    expect(exitStatus([now('RED')], {}, false, quick)).toBe(1);
    expect(exitStatus([now('RED', { later: 'it comes' })], {}, false, quick)).toBe(0);
  });

  it('of a quick run does not mind what was not measured', () => {
    const old = remembered('a/one', line(), { result: result('GREEN', { inputs: 'other' }) }, at('01-02'));
    expect(regressions([old], { 'a/one': result('GREEN') })).toEqual([]);
  });

  it('is 1 for a document that is not what its record says', () => {
    expect(exitStatus([now('GREEN')], {}, true, quick)).toBe(1);
  });

  it('of a strict run is 1 for everything that is not GREEN', () => {
    expect(exitStatus([now('YELLOW')], { 'a/one': result('YELLOW') }, false, { quick: true, strict: true })).toBe(1);
  });
});

it('gaps are ranked by risk and by how far they are from GREEN', () => {
  const all = [now('YELLOW', { risk: 5 }, 'a/half'), now('RED', { risk: 3 }, 'a/whole'), now('GREEN', { risk: 5 }, 'a/none'), now('RED', { risk: 1 }, 'a/small')];
  expect(gaps(all).map(({ id }) => id)).toEqual(['a/whole', 'a/half', 'a/small']);
});

describe('what a recorded result depends on', () => {
  const code = ['apps/user/src/config.ts', 'code'] as const;
  const before = new Map([code, ['apps/user/src/config.spec.ts', 'test']]);
  const mended = new Map([code, ['apps/user/src/config.spec.ts', 'mended']]);
  const rewritten = new Map([['apps/user/src/config.ts', 'other'], ['apps/user/src/config.spec.ts', 'test']]);
  const line = (evidence: Line['evidence']): Line => ({ name: 'x', question: '?', risk: 1, run: 'full', action: '', evidence, inputs: ['apps'] });

  it('is, of a harness, the code and no test', () => {
    const harness = line(command('crash:points'));
    expect(inputHash(harness, mended)).toBe(inputHash(harness, before));
    expect(inputHash(harness, rewritten)).not.toBe(inputHash(harness, before));
  });

  it.each([['of tests', tests(['apps/user'], 1)], ['of a run of all tests', command('test:coverage')]])('is, %s, the tests too', (_what, evidence) => {
    expect(inputHash(line(evidence), mended)).not.toBe(inputHash(line(evidence), before));
  });
});
