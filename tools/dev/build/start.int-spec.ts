import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..', '..');
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };

function start(args: string[], nodeFlags: string[] = []): { code: number | null; output: string } {
  const run = spawnSync(process.execPath, [...nodeFlags, 'tools/dev/start.mjs', ...args], { cwd: root, encoding: 'utf8' });
  return { code: run.status, output: run.stdout + run.stderr };
}

describe('npm start', () => {
  it('lists its options', () => {
    const { code, output } = start(['--help']);
    expect(code).toBe(0);
    for (const name of ['--port', '--origin', '--tls-cert', '--tls-key', '--data', '--demo', '--help']) expect(output).toContain(name);
  });

  it.each([
    [['--prot', '4000'], 'There is no option "--prot".'],
    [['4000'], 'There is no option "4000".'],
    [['--port'], '--port needs a value.'],
    [['--data', '--demo'], '--data needs a value.'],
    [['--demo=yes'], '--demo takes no value.'],
  ])('refuses %j in a sentence, before anything is installed or built', (args, sentence) => {
    expect(start(args)).toMatchObject({ code: 1, output: expect.stringContaining(`Muster can't start. ${sentence}`) });
  });

  it.each(['18.20.4', '20.18.3', '21.7.3', '22.12.0', '23.11.1'])('refuses Node %s, in a sentence', (version) => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-old-'));
    try {
      const older = join(folder, 'older.cjs');
      writeFileSync(older, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
      const { code, output } = start([], ['-r', older]);
      expect([code, output]).toEqual([1, expect.stringContaining(`It needs Node 20.19, 22.13, or 24 and newer, and this is ${version}.`)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('asks for the Node that package.json asks for', () => {
    expect(engines.node).toBe('^20.19.0 || ^22.13.0 || >=24.0.0');
  });

  it.each(['20.19.0', '22.13.0', '24.0.0', '26.1.0'])('takes Node %s', (version) => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-new-'));
    try {
      const newer = join(folder, 'newer.cjs');
      writeFileSync(newer, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
      expect(start(['--help'], ['-r', newer])).toMatchObject({ code: 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
