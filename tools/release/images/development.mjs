// What the image `development` runs: a service from a writable copy of its source, compiled and started anew whenever a
// file of it changes. `skaffold dev` writes the files; nothing of the image itself is written, only /tmp.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitNode } from '../../dev/build/emit.mjs';

const image = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const copy = '/tmp/app';
const service = process.env.SERVICE;
const folders = [...readdirSync(join(image, 'libs')).map((name) => join('libs', name)), join('apps', service)];
const MANY_AT_ONCE_MS = 100;

/** Packages stay in the image; those of the workspace are the copy's. */
function prepare() {
  for (const folder of folders) {
    const skip = join(image, folder, 'node_modules');
    cpSync(join(image, folder), join(copy, folder), { recursive: true, filter: (path) => path !== skip });
  }
  const packages = join(copy, 'node_modules');
  mkdirSync(packages, { recursive: true });
  for (const name of readdirSync(join(image, 'node_modules'))) {
    if (name !== '@muster') symlinkSync(join(image, 'node_modules', name), join(packages, name));
  }
  mkdirSync(join(packages, '@muster'));
  for (const folder of folders) symlinkSync(join(copy, folder), join(packages, folder.replace(/^(libs|apps)\//, '@muster/')));
}

let child;
let ending = false;

function start() {
  const started = spawn(process.execPath, [join(copy, 'apps', service, 'dist/main.js')], { cwd: copy, stdio: 'inherit' });
  child = started;
  started.once('exit', (code, signal) => {
    if (ending) process.exit(code ?? 0);
    if (child === started) console.error(`[development] ${service} ended with ${code ?? signal}; the next change starts it again`);
  });
}

async function restart(changed) {
  const startedAt = performance.now();
  await Promise.all(changed.map((folder) => emitNode(copy, { folder })));
  const old = child;
  child = undefined;
  if (old && old.exitCode === null && old.signalCode === null) {
    const ended = new Promise((resolve) => old.once('exit', resolve));
    old.kill('SIGKILL'); // nobody waits for a draining here
    await ended;
  }
  console.log(`[development] ${changed.join(', ')} compiled in ${Math.round(performance.now() - startedAt)} ms`);
  if (!ending) start();
}

prepare();
start();

const stale = new Set();
let working = Promise.resolve();
let timer;
function changed(folder) {
  stale.add(folder);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const now = [...stale];
    stale.clear();
    working = working.then(() => restart(now)).catch((error) => console.error(`[development] ${error.message}`));
  }, MANY_AT_ONCE_MS);
}

/** Folder by folder: Node's recursive watch loses a file that is replaced, and that is how files come here. */
function watchAll(folder, path = join(copy, folder, 'src')) {
  watch(path, () => changed(folder));
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) watchAll(folder, join(path, entry.name));
}
for (const folder of folders) watchAll(folder);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    ending = true;
    if (child) child.kill(signal);
    else process.exit(0);
  });
}
