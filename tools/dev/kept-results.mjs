// What tests and checks came to last, kept beside the packages with a hash of the tree they ran on: `npm run readiness`
// takes a result for its evidence only where the tree is the very same.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const fileOf = (kind) => join(root, 'node_modules/.cache/muster', `${kind}.json`);
/** What the proofs themselves write; it decides no test and no check. */
const written = new Set(['docs/PRODUCTION-READINESS.md', 'docs/generated/readiness.json', 'docs/BENCHMARKS.md', 'docs/generated/benchmarks.json']);

/** Every file that git knows or would take, with the hash of its content as it is now. Undefined where this is no repository. */
export function treeFiles(folder = root) {
  const files = new Map();
  try {
    const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: folder, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] }).toString().split('\0');
    // A file that was deleted and is not yet committed so has no content.
    for (const name of [...new Set(names)].sort().filter((one) => one !== '' && !written.has(one) && existsSync(join(folder, one)))) {
      files.set(name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex'));
    }
    return files;
  } catch {
    return undefined;
  }
}

/** One hash of all files, or of those at or below one of the paths; without those whose name matches `except`. */
export function treeHash(files, paths, except) {
  if (!files) return undefined;
  const hash = createHash('sha256');
  for (const [name, content] of files) {
    if (!except?.test(name) && (!paths || paths.some((path) => name === path || name.startsWith(`${path}/`)))) hash.update(`${name}\0${content}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {}; // nothing was kept
  }
}

function write(file, content) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(content));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Where packages are read-only there is nothing to keep, and nothing depends on it.
  }
}

/** Results of this kind that were kept for this very tree, by name. */
export function keptResults(kind, tree) {
  const kept = read(fileOf(kind));
  return tree !== undefined && kept.tree === tree ? kept.results : {};
}

/** Adds results; those of another tree are forgotten. Keeps nothing when the tree has changed since `treeBefore`. */
export function keepResults(kind, treeBefore, results) {
  const named = process.env.MUSTER_KEEP_RESULTS; // asked for by whoever started this run, changed tree or not
  if (named) write(named, { ...read(named), ...results });
  if (treeBefore === undefined || treeHash(treeFiles()) !== treeBefore) return;
  write(fileOf(kind), { tree: treeBefore, results: { ...keptResults(kind, treeBefore), ...results } });
}

/** What a run of Jest found, file by file: name and state of each test, and why a file could not run as a whole. */
export function testResults(report) {
  const at = new Date().toISOString();
  return Object.fromEntries(report.testResults.map(({ name, message, assertionResults, startTime, endTime, status }) => {
    const broken = status === 'failed' && assertionResults.every((one) => one.status !== 'failed') ? message.slice(0, 500) : undefined;
    return [name.slice(root.length + 1), { at, seconds: Math.round((endTime - startTime) / 100) / 10, broken, tests: assertionResults.map((one) => [one.fullName, one.status]) }];
  }));
}
