// Installs what Python's and Debian's package indexes have. When: from `npm run tools:install`.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findTool } from './find-tool.mjs';

/** Standard output goes to the terminal's error stream: what is awaited is on the last lines, not in between. */
export function run(command, args, options = {}) {
  return execFileSync(command, args, { stdio: ['ignore', 2, 2], ...options });
}

function link(from, to) {
  rmSync(to, { force: true });
  symlinkSync(from, to);
}

/** A virtual environment of our own: a distribution's Python refuses packages that are not its own. */
export function pip(root, ...args) {
  const own = join(root, 'venv', 'bin', 'pip');
  if (!existsSync(own)) run('python3', ['-m', 'venv', join(root, 'venv')]);
  run(own, ['--quiet', '--disable-pip-version-check', ...args]);
}

export function installPip({ name, tool, root }) {
  pip(root, 'install', `${tool.pip}==${tool.version}`);
  link(join(root, 'venv', 'bin', name), join(root, 'bin', name));
}

/** The distribution pins these; a machine without apt must have them already. */
export function installDebian({ name, tool }) {
  if (findTool(name)) return;
  const apt = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run(apt[0], [...apt.slice(1), 'update', '-qq'], { env });
  run(apt[0], [...apt.slice(1), 'install', '-y', '-qq', '--no-install-recommends', tool.debian], { env });
}
