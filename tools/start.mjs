// `npm start`: checks Node, installs what is missing, builds what is stale, runs Muster in the foreground. Needs nothing installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const args = process.argv.slice(2);

function fail(sentence) {
  console.error(`\nMuster can't start. ${sentence}`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`It needs Node 20.19 or newer, and this is ${process.versions.node}. Get a newer one from https://nodejs.org.`);
}

/** The names are checked here, before minutes of installing; the values where they are used. */
function checkOptions() {
  const rows = JSON.parse(readFileSync(join(root, 'apps/standalone/src/option-table.json'), 'utf8'));
  const names = rows.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    const width = Math.max(...names.map(({ length }) => length));
    console.log('npm start -- [options]\n');
    rows.forEach((row, at) => console.log(`  ${names[at].padEnd(width)}  ${row.help}${row.default ? ` (${row.default})` : ''}`));
    process.exit(0);
  }
  for (let at = 0; at < args.length; at += 1) {
    const [name, inline] = args[at].split('=', 2);
    const row = rows.find((one) => `--${one.name}` === name);
    if (!row) fail(`There is no option "${args[at]}". "npm start -- --help" lists them.`);
    if (!row.value && inline !== undefined) fail(`${name} takes no value.`);
    if (row.value && inline === undefined && (args[(at += 1)] ?? '--').startsWith('--')) fail(`${name} needs a value.`);
  }
}

/** Runs a command with its output shown; fulfils with its exit code, and passes nothing of the terminal's signals on. */
function run(command, commandArgs, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

async function install() {
  const stamp = join(root, 'node_modules/.muster-lock');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (isInstalled()) return remember(stamp, lock);
  console.log('Installing packages (a minute or two, only when they changed) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const code = await run(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true']);
  if (code === 130) process.exit(130);
  if (code !== 0) fail('The packages could not be installed; npm says why above (no network, or the disk is full).');
  remember(stamp, lock);
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
function isInstalled() {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const has = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wants = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wants).every(([path, { version, optional, link }]) => {
    if (path === '' || link || !path.includes('node_modules/')) return true;
    return has[path] ? has[path].version === version : optional === true;
  });
}

/** In a process of its own: the compiler's memory would stay with Muster for its whole life. */
async function buildStale() {
  const code = await run(process.execPath, [join(root, 'tools/build.mjs'), '--quiet', 'standalone', 'frontend']);
  if (code === 130) process.exit(130);
  if (code !== 0) fail('It could not be built; the reason is above.');
}

/** The disk's and npm's own errors in a person's words. */
function explain(error) {
  if (error?.code === 'ENOSPC' || error?.code === 'EDQUOT') return 'The disk is full. Free some space and start again.';
  if (error?.code === 'EACCES' || error?.code === 'EPERM') return `${error.path ?? 'The project folder'} can't be written by this user.`;
  return error?.message ?? String(error);
}

checkNode();
checkOptions();
try {
  await install();
  await buildStale();
} catch (error) {
  fail(explain(error));
}
// In this very process, so that a signal to it (Ctrl-C, kill, a service manager's) reaches Muster and nothing in between.
createRequire(import.meta.url)('../apps/standalone/dist/main.js');
