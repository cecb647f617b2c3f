import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, chmodSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** One fault: in a built file, `find` becomes `put`. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/**
 * The built product in a folder of its own: whoever builds meanwhile does not change what is under test, and a fault
 * can be planted without touching the product.
 */
export class BuildCopy {
  private constructor(readonly folder: string) {}

  /** Builds what is stale first. The folder is removed when this process ends. */
  static make(): BuildCopy {
    execFileSync(process.execPath, [join(root, 'tools/dev/build.mjs'), '--quiet', 'standalone', 'frontend'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    const folder = temporaryFolder('build');
    const workspaces = ['apps', 'libs'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(kind, name)));
    for (const part of ['package.json', 'frontend/dist', ...workspaces.flatMap((each) => [join(each, 'package.json'), join(each, 'dist'), join(each, 'data')])]) {
      if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    for (const each of workspaces.filter((one) => existsSync(join(root, one, 'node_modules')))) link(join(root, each, 'node_modules'), join(folder, each, 'node_modules'));
    linkPackages(folder, workspaces);
    return new BuildCopy(folder);
  }

  /** What node is called with. */
  program(app = 'standalone'): string[] {
    return [join(this.folder, 'apps', app, 'dist', 'main.js')];
  }

  /**
   * @returns how to take the faults out again
   * @throws Error when the place is not there exactly once: the product has changed, the fault must follow
   */
  plant(patches: readonly Patch[]): () => void {
    const undo: Array<() => void> = [];
    for (const { file, find, put } of patches) {
      const path = join(this.folder, file);
      const source = readFileSync(path, 'utf8');
      const times = source.split(find).length - 1;
      if (times !== 1) throw new Error(`cannot plant a fault in ${file}: "${find}" is there ${times} times`);
      writeFileSync(path, source.replace(find, () => put));
      undo.unshift(() => writeFileSync(path, source));
    }
    return () => undo.forEach((step) => step());
  }
}

/** Everything that is installed, by links; our own packages lead to the copy. */
function linkPackages(folder: string, workspaces: readonly string[]): void {
  mkdirSync(join(folder, 'node_modules', '@muster'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@muster' && !name.startsWith('.')) link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const each of workspaces.filter((one) => existsSync(join(root, one, 'package.json')))) {
    const { name } = JSON.parse(readFileSync(join(root, each, 'package.json'), 'utf8')) as { name: string };
    link(join(folder, each), join(folder, 'node_modules', name));
  }
}

function link(from: string, to: string): void {
  if (!existsSync(to)) symlinkSync(from, to);
}

/** Gone with this process. Others may pass through: root's database runs as another user. */
export function temporaryFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `muster-crash-${what}-`));
  chmodSync(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
