// `npm run dev`: Muster beside the web app with hot reload; a change restarts only what it touches. Options as `npm start`.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { installPackages, orSay } from './install-packages.mjs';
import { endWithNpm } from './run-command.mjs';
import { checkOptions, startArguments } from './start-options.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
endWithNpm();
const args = await orSay("Muster can't start", async () => {
  const given = startArguments(process.argv.slice(2), 'npm run dev');
  if (checkOptions(given, 'npm run dev')) process.exit(0);
  await installPackages();
  return given;
});
const children = new Set();

function start(name, command, options = {}) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', ...options });
  children.add(child);
  child.once('exit', (code) => {
    children.delete(child);
    if (!child.wanted && !ending) console.log(`[dev] ${name} ended with code ${code}; the next change starts it again.`);
  });
  return child;
}

const ended = (child) => new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', resolve)));

let ending = false;
let muster;
let working = Promise.resolve();

/** Libraries and services run in one process; it is left alone unless something of theirs was stale. */
async function refresh() {
  try {
    const stale = await build({ names: ['standalone'], say: (folder) => console.log(`[dev] building ${folder}`) });
    const runs = muster && muster.exitCode === null && muster.signalCode === null;
    if (runs && stale.length === 0) return;
    if (runs) {
      muster.wanted = true;
      muster.kill('SIGINT');
      await ended(muster);
    }
    if (!ending) muster = start('Muster', [join(root, 'apps/standalone/dist/main.js'), ...args], { env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' } });
  } catch (error) {
    console.error(`[dev] ${error.message}`);
  }
}

let timer;
function changed(file) {
  if (!file || /(^|\/)(node_modules|dist|\.types)(\/|$)|\.(int-)?spec\.ts$/.test(file)) return;
  clearTimeout(timer);
  timer = setTimeout(() => (working = working.then(refresh)), 150);
}

for (const folder of ['libs', 'apps']) watch(join(root, folder), { recursive: true }, (_event, file) => changed(file));
async function end() {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGINT');
  await Promise.all([...children].map(ended));
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
// The one-process Muster wants a built web app; Vite then serves a fresher one in front of it.
await build({ names: ['frontend'] }).catch((error) => console.error(`[dev] ${error.message}`));
working = refresh();
const vite = join(dirname(require.resolve('vite/package.json', { paths: [join(root, 'frontend')] })), 'bin/vite.js');
start('Vite', [vite], { cwd: join(root, 'frontend') });
