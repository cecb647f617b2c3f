import { describe, expect, it } from '@jest/globals';
import type { KeptTests } from '../../dev/kept-results.mjs';
import { areEnough, judgeAim, judgeCommand, judgeTests } from './judge.rules';
import { command, inputHash, proof, tests, type Line, type Status } from './line';
import { render, type Recorded } from './render';
import { exitStatus, gaps, measured, regressions, remembered, type Result, type Standing } from './standing.rules';
import { lines, pillars } from './table';

const proofLine = (figures: object, met = true): string => `a table\n${JSON.stringify({ name: 'one', figures, aims: {}, met })}\n`;

describe('a command', () => {
  const walls = command('check:walls', { figure: /(\d+) modules/, least: 250 });

  it('is GREEN when it ends well, with the figure that it printed', () => {
    expect(judgeCommand(walls, { exit: 0, output: 'walls: 300 modules' })).toMatchObject({ status: 'GREEN', figure: '300 modules', measured: true });
  });

  it.each([
    ['fails', 1, '300 modules', /exit status 1/],
    ['looked at too little', 0, '12 modules', /less than 250/],
    ['says that something is too much', 0, '3000 modules', /more than 2000/],
    ['prints no figure', 0, 'all is well', /no figure/],
    ['is not done in time', 'timeout', '300 modules', /not done after/],
  ] as const)('is RED when it %s', (_how, exit, output, why) => {
    expect(judgeCommand({ ...walls, ...(output.startsWith('3000') && { most: 2000 }) }, { exit, output })).toMatchObject({ status: 'RED', why: expect.stringMatching(why) });
  });

  it('that looks at several things is judged for each by its own figure', () => {
    const judge = (figure: RegExp) => judgeCommand(command('check:charts', { figure, part: true }), { exit: 1, output: 'golden   24  0\npolicies   9  3\n' }).status;
    expect([judge(/golden\s+(\d+)\s+0$/m), judge(/policies\s+(\d+)\s+0$/m), judge(/other\s+(\d+)\s+0$/m)]).toEqual(['GREEN', 'RED', 'RED']);
  });

  it('teaches nothing where it left its part out, or something outside cannot be had', () => {
    expect(judgeCommand(command('check:leaks'), { exit: 0, output: 'Left out, because gitleaks is not on this machine: secrets.' })).toMatchObject({ status: 'YELLOW', measured: false });
    expect(judgeCommand(command('scan', { leavesOut: /no database/ }), { exit: 1, output: 'there is no database to scan with' })).toMatchObject({ status: 'YELLOW', measured: false });
  });
});

describe('a proof', () => {
  const evidence = proof('bench:one', { aims: [{ figure: 'ratio', most: 1.5, tolerance: 0.1 }, { figure: 'sizes.1.recall', least: 1 }] });
  const judge = (ratio: unknown, recall: unknown = 1, met = true): string => judgeCommand(evidence, { exit: met ? 0 : 1, output: proofLine({ ratio, sizes: [{}, { recall }] }, met) }).status;

  it('is judged by its figures here, whatever it says of itself', () => {
    expect([judge(1.5), judge(1.6), judge(1.7), judge(9.9), judge(1.2, 1, false)]).toEqual(['GREEN', 'YELLOW', 'RED', 'RED', 'GREEN']);
    expect([0.9, 0.96, 1].map((value) => judgeAim({ figure: 'x', least: 1, tolerance: 0.05 }, value))).toEqual(['missed', 'nearly', 'met']);
  });

  it('is RED where a figure is missing or no number, and without its line of figures', () => {
    expect([judge(undefined), judge('much'), judge(1.2, null)]).toEqual(['RED', 'RED', 'RED']);
    expect(judgeCommand(proof('cluster'), { exit: 0, output: 'done\n{"met":true}\n{not json' })).toMatchObject({ status: 'RED' });
  });

  it('is judged by its own word where the line names no figure', () => {
    const own = (exit: number, met: boolean) => judgeCommand(proof('cluster'), { exit, output: proofLine({ failed: 0 }, met) }).status;
    expect([own(0, true), own(1, false), own(1, true), own(0, false)]).toEqual(['GREEN', 'RED', 'RED', 'RED']);
  });

  /** What the proof would say of a product with the fault, against what it says of the sound one. */
  it.each([
    ['performance/platform', 'a cost beyond the aim, in a proof that says it is met', { stackTimesNest: 1.2, tracedTimesNest: 1.2 }, { stackTimesNest: 9.9 }],
    ['resilience/drain-under-load', 'figures that are not there', { lostByService: 0, lostByStandalone: 0, lostByServiceWithoutDrain: 3, otherThanExit0: 0 }, { lostByService: undefined }],
    ['kubernetes/rolls', 'rolls that lost nothing, by a control that lost nothing either', { rolls: 10, rollsFailed: 0, rollsNotMet: 0, controlLost: 7, controlNotMet: 0 }, { controlLost: 0 }],
  ] as const)('of %s turns RED for %s', (id, _fault, sound, fault) => {
    const { evidence: own } = lines.find((line) => line.id === id) as Line;
    const status = (figures: object) => (own.kind === 'command' ? judgeCommand(own, { exit: 0, output: proofLine(figures) }).status : undefined);
    expect([status(sound), status({ ...sound, ...fault })]).toEqual(['GREEN', 'RED']);
  });
});

describe('tests', () => {
  const file = (...states: string[]): KeptTests => ({ at: '2026-01-01T00:00:00Z', seconds: 1, tests: states.map((state, index) => [`thing ${index} works`, state]) });
  const one = tests(['libs/one.spec.ts'], 2);

  it.each([
    ['all passed', 'GREEN', true, { 'libs/one.spec.ts': file('passed', 'passed') }],
    ['one failed', 'RED', true, { 'libs/one.spec.ts': file('passed', 'passed', 'failed') }],
    ['too few ran', 'RED', true, { 'libs/one.spec.ts': file('passed') }],
    ['the file is gone', 'RED', true, { 'libs/other.spec.ts': file('passed', 'passed') }],
    ['the file could not run', 'RED', true, { 'libs/one.spec.ts': { ...file(), broken: 'SyntaxError' } }],
    ['some were left out', 'YELLOW', true, { 'libs/one.spec.ts': file('passed', 'passed', 'pending') }],
    ['too few are left', 'YELLOW', false, { 'libs/one.spec.ts': file('passed', 'pending') }],
  ])('when %s are %s', (_what, status, isMeasured, results) => {
    expect(judgeTests(one, results)).toMatchObject({ status, measured: isMeasured });
  });

  it('are found by file, folder, end and name', () => {
    const results = { 'libs/one.spec.ts': file('passed', 'passed'), 'libs/deep/two.int-spec.ts': file('passed') };
    const passed = (files: string[], names?: RegExp) => judgeTests(tests(files, 1, names), results).figure;
    expect([passed(['libs']), passed(['.spec.ts']), passed(['/two.int-spec.ts']), passed(['libs'], /thing 1/)]).toEqual(['3 tests', '2 tests', '1 test', '1 test']);
  });

  it('that were kept are enough only where all are there', () => {
    expect(areEnough(tests(['.spec.ts'], 3), { 'libs/one.spec.ts': file('passed', 'passed') })).toBe(false);
    expect(areEnough(tests(['.spec.ts'], 2), { 'libs/one.spec.ts': file('failed', 'passed') })).toBe(true);
    expect(areEnough(tests(['libs/one.spec.ts', 'libs/two.spec.ts'], 1), { 'libs/one.spec.ts': file('passed') })).toBe(false);
  });
});

const lineOf = (more: Partial<Line> = {}): Line => ({ id: 'a/one', question: 'Is it so?', evidence: command('check:one'), run: 'quick', risk: 3, ...more });
const result = (status: Status, more: Partial<Result> = {}): Result => ({ status, figure: '1', why: '', at: '2026-01-01T00:00Z', commit: 'abc', inputs: 'same', machine: 'm', seconds: 1, ...more });
const now = (status: Status, more: Partial<Line> = {}): Standing => measured(lineOf(more), result(status));
const on = (day: string) => ({ at: new Date(`2026-${day}T00:00Z`), inputs: 'same' });

describe('a line that was not measured', () => {
  it.each([
    ['fresh and of the same files', 'GREEN', { result: result('GREEN') }, '01-20', ''],
    ['older than thirty days', 'YELLOW', { result: result('GREEN') }, '02-01', ''],
    ['of other files', 'YELLOW', { result: result('GREEN', { inputs: 'other' }) }, '01-02', ''],
    ['not to be renewed here', 'YELLOW', { result: result('GREEN') }, '01-02', 'no docker'],
    ['RED and old', 'RED', { result: result('RED') }, '03-01', ''],
    ['not there', 'RED', {}, '01-02', ''],
    ['not there and not to be had here', 'YELLOW', {}, '01-02', 'no docker'],
    ['not there and was not to be had', 'YELLOW', { shown: { status: 'YELLOW', why: 'no docker; never measured' } }, '01-02', ''],
  ] as const)('whose record is %s is %s', (_what, status, known, day, leftOut) => {
    expect(remembered(lineOf(), known, on(day), leftOut).status).toBe(status);
  });
});

describe('the exit status', () => {
  it.each([
    ['of a full run is 1 for a RED that is declared', 1, [now('RED', { later: 'it comes' })], {}, false, false],
    ['of a full run is 0 for YELLOW', 0, [now('YELLOW')], {}, false, false],
    ['of a quick run is 1 for what got worse', 1, [now('YELLOW')], { 'a/one': result('GREEN') }, false, true],
    ['of a quick run is 0 for a RED that is recorded so', 0, [now('RED')], { 'a/one': result('RED') }, false, true],
    ['of a quick run is 1 for a new line that is RED', 1, [now('RED')], {}, false, true],
    ['of a quick run is 0 for one that is to come later', 0, [now('RED', { later: 'it comes' })], {}, false, true],
    ['is 1 for a document that is not what its record says', 1, [now('GREEN')], {}, true, true],
  ] as const)('%s', (_what, status, standings, recorded, drifted, quick) => {
    expect(exitStatus(standings, recorded, drifted, quick)).toBe(status);
  });

  it('of a quick run does not mind what was not measured', () => {
    expect(regressions([remembered(lineOf(), { result: result('GREEN', { inputs: 'other' }) }, on('01-02'))], { 'a/one': result('GREEN') })).toEqual([]);
  });
});

it('gaps are ranked by risk and by how far they are from GREEN', () => {
  const all = [now('YELLOW', { risk: 5, id: 'a/half' }), now('RED', { risk: 3, id: 'a/whole' }), now('GREEN', { risk: 5 }), now('RED', { risk: 1, id: 'a/small' })];
  expect(gaps(all).map(({ line }) => line.id)).toEqual(['a/whole', 'a/half', 'a/small']);
});

it.each([['a harness', command('crash:points'), false], ['tests', tests(['apps/user'], 1), true], ['a run of all tests', command('test:coverage'), true]])('a recorded result of %s depends on the code, and on the tests only where it runs them', (_what, evidence, onTests) => {
  const tree = (code: string, test: string) => new Map([['apps/user/src/config.ts', code], ['apps/user/src/config.spec.ts', test]]);
  const hash = (code: string, test: string) => inputHash(lineOf({ evidence, inputs: ['apps'] }), tree(code, test));
  expect([hash('code', 'mended') !== hash('code', 'test'), hash('other', 'test') !== hash('code', 'test')]).toEqual([onTests, true]);
});

describe('the report', () => {
  it('has thirteen pillars, names each line once, and asks of every filter of tests that something was found', () => {
    expect(pillars).toHaveLength(13);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(lines.filter(({ question, evidence }) => !question.endsWith('?') || (evidence.kind === 'tests' && evidence.least < 1)).map(({ id }) => id)).toEqual([]);
  });

  it('shows every line RED that nothing is recorded of, else the figure, the command and where it was measured', () => {
    const empty: Recorded = { writtenAt: '', commit: '', machines: {}, results: {}, shown: {} };
    expect(render(empty)).toContain(`${lines.length} lines: 0 GREEN, 0 YELLOW, ${lines.length} RED`);
    const page = render({ ...empty, results: { 'build/types': result('GREEN', { figure: '42 | things', seconds: 150 }) }, shown: { 'build/types': { status: 'GREEN', why: '' } } });
    expect(page).toContain('42 \\| things | `npm run check:types` | 2026-01-01, abc, m, 3 min');
  });
});
