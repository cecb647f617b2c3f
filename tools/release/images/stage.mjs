// Lays out what an image holds over its base, run by the Dockerfile:
// `node tools/release/images/stage.mjs <service | setup | web> <installed> <built> <out>`.
// For a service two folders come of it, for two layers: packages, which seldom change, and Muster's own code.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lutimesSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { services } from '../../dev/setup/values.mjs';
import { closure, workspacesOf } from './closure.mjs';
import { keptOf } from './slim.mjs';

const [what, installed, built, out] = process.argv.slice(2);
if (!what || !installed || !built || !out) throw new Error('usage: stage.mjs <service | setup | web> <installed> <built> <out>');
const packages = join(out, 'packages/app');
const code = join(out, 'code/app');
/** The same files are the same layer, whenever and wherever they were built. */
const never = () => 0;

if (what === 'web') {
  copy(join(built, 'frontend/dist'), join(out, 'app/web'));
  copy(join(built, 'frontend/nginx'), join(out, 'app/nginx'));
  setTimes(out, timeOfContent);
} else if (what === 'setup') {
  stagePackages('node_modules/selfsigned');
  copy(join(built, 'tools/dev/setup'), join(code, 'tools/dev/setup'));
  // A new volume takes its owner from the folder that it covers.
  const readers = ['passwords', 'shared', 'web', 'postgres', 'nats', 'valkey', ...services];
  for (const reader of readers) mkdirSync(join(out, 'folders/secrets', reader), { recursive: true });
  setTimes(out, never);
} else {
  stagePackages(`apps/${what}`);
  for (const folder of workspacesOf(built, `apps/${what}`)) stageWorkspace(folder);
  copy(join(built, 'tools/release/images/healthcheck.mjs'), join(code, 'healthcheck.mjs'));
  setTimes(out, never);
}

function stagePackages(start) {
  for (const folder of closure(installed, [start])) copy(join(installed, folder), join(packages, folder), keptOf(join(installed, folder)));
}

function stageWorkspace(folder) {
  for (const part of ['package.json', 'dist', 'data']) {
    if (existsSync(join(built, folder, part))) copy(join(built, folder, part), join(code, folder, part));
  }
  const link = join(code, 'node_modules/@muster', basename(folder));
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(code, folder)), link);
}

function copy(from, to, filter = () => true) {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => basename(path) !== '.build-stamp' && filter(path) });
}

function setTimes(folder, timeOf) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setTimes(path, timeOf);
    const seconds = entry.isFile() ? timeOf(path) : 0;
    lutimesSync(path, seconds, seconds);
  }
}

/** nginx makes a file's ETag of its time and size: of two pages that differ in a hash, one must not pass for the other. */
function timeOfContent(path) {
  return 1_000_000_000 + (createHash('sha256').update(readFileSync(path)).digest().readUInt32BE(0) % 500_000_000);
}
