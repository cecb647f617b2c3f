import { describe, expect, it } from '@jest/globals';
import type { KeptTests } from '../../dev/kept-results.cjs';
import { areEnough, judgeAim, judgeCommand, judgeInspection, judgeTests, proofLineOf } from './judge.rules';
import { command, proof, tests } from './line';

const line = (figures: object, met = true): string => `a table\n${JSON.stringify({ name: 'one', figures, aims: {}, met })}\n`;
const file = (...states: string[]): KeptTests => ({ at: '2026-01-01T00:00:00Z', seconds: 1, tests: states.map((state, index) => [`thing ${index} works`, state]) });

describe('a command', () => {
  it('is GREEN when it ends well, with the figure that it printed', () => {
    const verdict = judgeCommand(command('check:walls', { figure: /(\d+) modules/, least: 250 }), { exit: 0, output: 'walls: 300 modules' });
    expect(verdict).toMatchObject({ status: 'GREEN', figure: '300 modules', measured: true });
  });

  it.each([
    ['fails', 1, '300 modules', /exit status 1/],
    ['looked at too little', 0, '12 modules', /less than 250/],
    ['says that something is too much', 0, '3000 modules', /more than 2000/],
    ['prints no figure', 0, 'all is well', /no figure/],
    ['is not done in time', 'timeout', '300 modules', /not done after/],
  ] as const)('is RED when it %s', (_how, exit, output, why) => {
    const verdict = judgeCommand(command('check:walls', { figure: /(\d+) modules/, least: 250, ...(output.startsWith('3000') ? { most: 2000 } : {}) }), { exit, output });
    expect(verdict.status).toBe('RED');
    expect(verdict.why).toMatch(why);
  });

  it('says nothing where something outside cannot be had, however it ended', () => {
    const verdict = judgeCommand(command('scan', { leavesOut: /no database/ }), { exit: 1, output: 'there is no database to scan with' });
    expect(verdict).toMatchObject({ status: 'YELLOW', measured: false, why: 'left out here: no database' });
  });

  it('that failed is quoted with its telling line', () => {
    const why = (output: string) => judgeCommand(command('check:unused'), { exit: 1, output }).why;
    expect(why('Unused files (1)\nsrc/a.ts\nConfiguration hints (9)\n')).toBe('exit status 1: Unused files (1)');
    expect(why('one\ntwo\n{"name":"x","figures":{}}\n')).toBe('exit status 1: two');
  });

  it('that looks at several things is judged for each by its own figure', () => {
    const judge = (figure: RegExp) => judgeCommand(command('check:charts', { figure, part: true }), { exit: 1, output: 'golden   24  0\npolicies   9  3\n' }).status;
    expect([judge(/golden\s+(\d+)\s+0$/m), judge(/policies\s+(\d+)\s+0$/m), judge(/other\s+(\d+)\s+0$/m)]).toEqual(['GREEN', 'RED', 'RED']);
  });

  it('says nothing where it left its part out', () => {
    const verdict = judgeCommand(command('check:leaks'), { exit: 0, output: 'Left out, because gitleaks is not on this machine: secrets.' });
    expect(verdict).toMatchObject({ status: 'YELLOW', measured: false });
  });
});

describe('a proof', () => {
  const evidence = proof('bench:one', { aims: [{ figure: 'ratio', most: 1.5, tolerance: 0.1 }, { figure: 'sizes.1.recall', least: 1 }] });
  const run = (ratio: unknown, recall: unknown = 1, met = true): string => judgeCommand(evidence, { exit: met ? 0 : 1, output: line({ ratio, sizes: [{}, { recall }] }, met) }).status;

  it('is judged by its figures here, whatever it says of itself', () => {
    expect([run(1.5), run(1.6), run(1.7), run(9.9)]).toEqual(['GREEN', 'YELLOW', 'RED', 'RED']);
    expect(run(1.2, 1, false)).toBe('GREEN');
  });

  it('is RED where a figure is missing or no number', () => {
    expect([run(undefined), run('much'), run(1.2, null)]).toEqual(['RED', 'RED', 'RED']);
  });

  it('is judged by its own word where the line names no figure', () => {
    const judge = (exit: number, met: boolean) => judgeCommand(proof('cluster'), { exit, output: line({ failed: 0 }, met) }).status;
    expect([judge(0, true), judge(1, false), judge(1, true), judge(0, false)]).toEqual(['GREEN', 'RED', 'RED', 'RED']);
  });

  it('is RED without its line of figures, also when it ends well', () => {
    expect(judgeCommand(proof('cluster'), { exit: 0, output: 'done\n{"met":true}\n{not json' })).toMatchObject({ status: 'RED' });
  });

  it('has its figures in the last such line', () => {
    expect(proofLineOf(`${line({ n: 1 })}${line({ n: 2 })}afterwards`)?.figures).toEqual({ n: 2 });
  });

  it('misses an aim beyond its tolerance only', () => {
    expect([0.9, 0.96, 1].map((value) => judgeAim({ figure: 'x', least: 1, tolerance: 0.05 }, value))).toEqual(['missed', 'nearly', 'met']);
  });
});

describe('tests', () => {
  const evidence = tests(['libs/one.spec.ts'], 2);
  const both = tests(['libs/one.spec.ts', 'libs/two.spec.ts'], 2);

  it('count when they ran and passed', () => {
    expect(judgeTests(evidence, { 'libs/one.spec.ts': file('passed', 'passed') })).toMatchObject({ status: 'GREEN', figure: '2 tests' });
  });

  it.each([
    ['one failed', { 'libs/one.spec.ts': file('passed', 'passed', 'failed') }],
    ['too few ran', { 'libs/one.spec.ts': file('passed') }],
    ['the file is gone', { 'libs/other.spec.ts': file('passed', 'passed') }],
    ['the file could not run', { 'libs/one.spec.ts': { ...file(), broken: 'SyntaxError' } }],
  ])('are RED when %s', (_what, results) => {
    expect(judgeTests(evidence, results).status).toBe('RED');
  });

  it('are RED when one file of two did not run, however many tests the other has', () => {
    expect(judgeTests(both, { 'libs/two.spec.ts': file('passed', 'passed', 'passed') })).toMatchObject({ status: 'RED', why: 'libs/one.spec.ts did not run' });
  });

  it('that were left out make it YELLOW, and teach nothing when too few are left', () => {
    expect(judgeTests(evidence, { 'libs/one.spec.ts': file('passed', 'passed', 'pending') })).toMatchObject({ status: 'YELLOW', measured: true });
    expect(judgeTests(evidence, { 'libs/one.spec.ts': file('passed', 'pending') })).toMatchObject({ status: 'YELLOW', measured: false });
  });

  it('are found by file, folder, end and name', () => {
    const results = { 'libs/one.spec.ts': file('passed', 'passed'), 'libs/deep/two.int-spec.ts': file('passed') };
    const passed = (files: string[], names?: RegExp) => judgeTests(tests(files, 1, names), results).figure;
    expect([passed(['libs']), passed(['.spec.ts']), passed(['/two.int-spec.ts']), passed(['libs'], /thing 1/)]).toEqual(['3 tests', '2 tests', '1 test', '1 test']);
  });

  it('that were kept are enough only where all are there', () => {
    expect(areEnough(tests(['.spec.ts'], 3), { 'libs/one.spec.ts': file('passed', 'passed') })).toBe(false);
    expect(areEnough(tests(['.spec.ts'], 2), { 'libs/one.spec.ts': file('failed', 'passed') })).toBe(true);
    expect(areEnough(tests(['libs/one.spec.ts'], 5), { 'libs/one.spec.ts': file('passed') })).toBe(true);
    expect(areEnough(tests(['libs/one.spec.ts', 'libs/two.spec.ts'], 1), { 'libs/one.spec.ts': file('passed') })).toBe(false);
  });
});

it('an inspection is RED with the first of its faults', () => {
  expect(judgeInspection({ figure: '3 links', faults: [] }).status).toBe('GREEN');
  expect(judgeInspection({ figure: '3 links', faults: ['a', 'b', 'c'] })).toMatchObject({ status: 'RED', why: 'a; b and 1 more' });
});
