// A copy of the checkout as it is now, a repository of its own, with the same packages: what is broken there harms nobody.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class CopyOfCheckout {
  private constructor(readonly root: string) {}

  static make(original: string): CopyOfCheckout {
    const root = join(mkdtempSync(join(tmpdir(), 'muster-copy-')), 'muster');
    const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: original, maxBuffer: 1 << 26 }).toString().split('\0').filter(Boolean);
    for (const name of names.filter((one) => existsSync(join(original, one)))) cpSync(join(original, name), join(root, name), { recursive: true, verbatimSymlinks: true });
    linkPackages(original, root);
    const git = (...words: string[]): void => void execFileSync('git', ['-c', 'user.name=copy', '-c', 'user.email=copy@example.org', ...words], { cwd: root, stdio: 'ignore' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'A copy of the checkout');
    return new CopyOfCheckout(root);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Undefined removes the file. */
  write(path: string, content: string | undefined): void {
    const file = join(this.root, path);
    if (content === undefined) return rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}

/** Every package is a link to the original's, but for the workspaces, which are the copy's own. */
function linkPackages(original: string, root: string): void {
  const packages = join(original, 'node_modules');
  mkdirSync(join(root, 'node_modules', '@muster'), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name !== '.cache' && name !== '@muster') symlinkSync(join(packages, name), join(root, 'node_modules', name));
  }
  for (const name of readdirSync(join(packages, '@muster'))) symlinkSync(readlinkSync(join(packages, '@muster', name)), join(root, 'node_modules', '@muster', name));
  for (const group of ['apps', 'libs']) {
    for (const name of readdirSync(join(original, group))) linkOwn(original, root, join(group, name));
  }
  linkOwn(original, root, 'frontend');
}

/** What npm could not put at the root because two versions are needed. */
function linkOwn(original: string, root: string, folder: string): void {
  const own = join(original, folder, 'node_modules');
  if (existsSync(own) && existsSync(join(root, folder))) symlinkSync(own, join(root, folder, 'node_modules'));
}
