import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..');

function start(args: string[], nodeFlags: string[] = []): { code: number | null; output: string } {
  const run = spawnSync(process.execPath, [...nodeFlags, 'tools/start.mjs', ...args], { cwd: root, encoding: 'utf8' });
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

  it('refuses an old Node in a sentence', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-old-'));
    try {
      const older = join(folder, 'older.cjs');
      writeFileSync(older, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });");
      const { code, output } = start([], ['-r', older]);
      expect([code, output]).toEqual([1, expect.stringContaining('It needs Node 20.19 or newer, and this is 18.20.4.')]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
