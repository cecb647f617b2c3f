// What `npm start`, `npm test`, `npm run dev`, `build` and `check` do first, so that each of them may be the first command
// in a fresh clone: look at Node, then install the packages that the lock file names where they are not there yet. Imports
// nothing that has to be installed.
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '../..');
const megabyte = 1024 * 1024;

/** Something that a person can put right; the message is a whole sentence for them. */
export class SetupProblem extends Error {}

/** Runs the steps of a command of package.json; a problem is printed as a sentence behind `cannot`, and the process ends. */
export async function orSay(cannot, work) {
  try {
    return await work();
  } catch (error) {
    console.error(`\n${cannot}. ${explain(error)}`);
    process.exit(1);
  }
}

/** The disk's own errors in a person's words. */
export function explain(error) {
  const path = error?.path ?? 'the project folder';
  if (error?.code === 'ENOSPC' || error?.code === 'EDQUOT') return 'The disk is full. Free some space and try again.';
  if (error?.code === 'EACCES' || error?.code === 'EPERM') return `This user can't write to ${path}.`;
  if (error?.code === 'EROFS') return `${path} is on a read-only file system.`;
  return error?.message ?? String(error);
}

/** The oldest releases of Node that the packages run on; from 24 on all of them. Package.json says the same to npm. */
const oldest = { 20: 19, 22: 13 };

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major >= 24 || minor >= (oldest[major] ?? Infinity)) return;
  throw new SetupProblem(`It needs Node 20.19, 22.13, or 24 and newer, and this is ${version}. Get a newer one from https://nodejs.org.`);
}

/** Brings node_modules to what package-lock.json names, packages for development included, and does nothing where it is so. */
export async function installPackages(root = here) {
  checkNode();
  const stamp = join(root, 'node_modules/.muster-lock');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (isInstalled(root)) return remember(stamp, lock);
  accessSync(root, constants.W_OK); // npm would try for minutes and then speak of something else
  console.log('Installing packages (a minute or two, only when they changed) …');
  // Building and testing needs packages for development, also where NODE_ENV or somebody's npm settings leave them out.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true'];
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const code = await runCommand(command, [...first, ...args], { cwd: root, env: environmentOfNpm() });
  if (code === 0) return remember(stamp, lock);
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < 50 * megabyte) throw new SetupProblem('The packages could not be installed: the disk is full. Free some space and try again.');
  throw new SetupProblem('The packages could not be installed; npm says why above.');
}

/** Without what an outer npm made of this command's own options, which an inner npm would complain about. */
function environmentOfNpm() {
  const own = JSON.parse(readFileSync(join(here, 'apps/standalone/src/option-table.json'), 'utf8')).map(({ name }) => `npm_config_${name.replaceAll('-', '_')}`);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.includes(name)));
}

/** Only saves the comparison next time, so packages that belong to somebody else are fine too. */
function remember(stamp, lock) {
  try {
    writeFileSync(stamp, lock);
  } catch {
    // Compared again at the next start.
  }
}

/** npm notes in node_modules what it installed: the lock's packages less those for other platforms. */
function isInstalled(root) {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const has = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wants = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wants).every(([path, { version, optional, link }]) => {
    if (path === '' || link || !path.includes('node_modules/')) return true;
    return has[path] ? has[path].version === version : optional === true;
  });
}
