import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..', '..');
const NOISE = ['a stack that a test asked for', 'a line of a service', 'an old way is going away'];

let folder: string;
let said: string;
let kept: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-quiet-'));
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, 'noisy.test.js'),
    `process.stderr.write(new Error('${NOISE[0]}').stack); process.stdout.write('${NOISE[1]}\\n'); process.emitWarning('${NOISE[2]}', 'DeprecationWarning');
    it('passes', () => undefined);`,
  );
  writeFileSync(join(folder, 'red.test.js'), "it('passes too', () => undefined); it('is red', () => { throw new Error('the one thing that is wrong'); });");
  // The same streams that `npm test` gives to Jest: what tests print goes to a file, the reporter has a descriptor of its own.
  const [output, reported] = ['output', 'reported'].map((name) => openSync(join(folder, name), 'w'));
  const args = [join(root, 'node_modules/jest/bin/jest.js'), '--rootDir', folder, '--runInBand', '--forceExit', `--reporters=${join(__dirname, 'quiet-reporter.cjs')}`];
  spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', output, output, reported] });
  said = readFileSync(join(folder, 'reported'), 'utf8');
  kept = readFileSync(join(folder, 'output'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shows nothing of what tests print, which is kept in a file', () => {
  for (const noise of NOISE) {
    expect(kept).toContain(noise);
    expect(said).not.toContain(noise);
  }
});

it('shows each failure as it comes, and how far the run is', () => {
  expect(said).toContain('FAIL red.test.js');
  expect(said).toContain('the one thing that is wrong');
  const others = said.split('\n').filter((line) => /^\S/.test(line) || / files, /.test(line));
  expect(others.filter((line) => !line.startsWith('FAIL '))).toEqual(expect.arrayContaining([expect.stringMatching(/^ {2}2 of 2 files, 2 tests passed$/)]));
});
