import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..', '..');
let project: string;

/** A small project with the real build: a library, and a service that needs it. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'muster-build-test-'));
  for (const path of ['tools/dev/build.mjs', 'tools/dev/install-packages.mjs', 'tools/dev/run-command.mjs', 'tools/dev/build', 'tools/swc-config.cjs', '.swcrc', 'package-lock.json']) {
    cpSync(join(root, path), join(project, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  write('package.json', JSON.stringify({ workspaces: ['libs/ground', 'apps/*'] }));
  write('libs/ground/package.json', JSON.stringify({ dependencies: {} }));
  write('libs/ground/src/deep/word.ts', "export const word: string = 'built';\n");
  write('libs/ground/src/deep/word.spec.ts', "it('is left out', () => undefined);\n");
  write('libs/ground/src/data.json', '{"kept":true}');
  write('apps/hall/package.json', JSON.stringify({ dependencies: { '@muster/ground': '0.1.0' } }));
  write('apps/hall/src/main.ts', 'export const main = (): void => undefined;\n');
  write('apps/hall/migrations/0001_first.ts', 'export const up = (): void => undefined;\n');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** The workspaces that were stale, in the order they were built. */
function build(...names: string[]): string[] {
  const output = execFileSync(process.execPath, ['tools/dev/build.mjs', ...names], { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return [...output.matchAll(/Building (\S+)/g)].map(([, folder]) => folder ?? '');
}

const built = (path: string): boolean => existsSync(join(project, path));

describe('the build', () => {
  it('puts sources and migrations where node looks for them, libraries first, tests nowhere', () => {
    expect(build()).toEqual(['libs/ground', 'apps/hall']);
    expect(built('libs/ground/dist/deep/word.js')).toBe(true);
    expect(built('libs/ground/dist/data.json')).toBe(true);
    expect(built('apps/hall/dist/main.js')).toBe(true);
    expect(built('apps/hall/dist/migrations/0001_first.js')).toBe(true);
    expect(built('libs/ground/dist/deep/word.spec.js')).toBe(false);
  });

  it('builds nothing a second time', () => {
    build();
    expect(build()).toEqual([]);
  });

  it('builds only the changed workspace, and touches only the changed file', () => {
    write('libs/ground/src/other.ts', 'export const other = 1;\n');
    build();
    const untouched = statSync(join(project, 'libs/ground/dist/other.js')).mtimeMs;
    write('libs/ground/src/deep/word.ts', "export const word = 'changed';\n");
    expect(build()).toEqual(['libs/ground']);
    expect(readFileSync(join(project, 'libs/ground/dist/deep/word.js'), 'utf8')).toContain('changed');
    expect(statSync(join(project, 'libs/ground/dist/other.js')).mtimeMs).toBe(untouched);
  });

  it('does not build for a changed test', () => {
    build();
    write('libs/ground/src/deep/word.spec.ts', "it('has changed', () => undefined);\n");
    expect(build()).toEqual([]);
  });

  it('removes what no source is behind any more', () => {
    build();
    rmSync(join(project, 'libs/ground/src/deep/word.ts'));
    build();
    expect(built('libs/ground/dist/deep/word.js')).toBe(false);
  });

  it('builds one service and what it needs', () => {
    write('apps/other/package.json', JSON.stringify({}));
    write('apps/other/src/main.ts', 'export {};\n');
    expect(build('hall')).toEqual(['libs/ground', 'apps/hall']);
  });

  it('stays stale after a build that failed', () => {
    write('apps/hall/src/main.ts', 'export const = ;\n');
    expect(() => build()).toThrow();
    write('apps/hall/src/main.ts', 'export {};\n');
    expect(build()).toEqual(['apps/hall']);
  });
});
