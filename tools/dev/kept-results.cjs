// What tests and checks came to last, kept beside the packages with a hash of the tree they ran on: `npm run readiness`
// takes a result for its evidence only where the tree is the very same.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'muster');
/** What the proofs themselves write; it decides no test and no check. */
const written = new Set(['docs/PRODUCTION-READINESS.md', 'docs/generated/readiness.json', 'docs/BENCHMARKS.md', 'docs/generated/benchmarks.json']);

/** Every file that git knows or would take, with the hash of its content as it is now. Undefined where this is no repository. */
function treeFiles(folder = root) {
  let names;
  try {
    names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: folder, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] }).toString().split('\0');
  } catch {
    return undefined;
  }
  const files = new Map();
  for (const name of [...new Set(names)].sort()) {
    if (name === '' || written.has(name)) continue;
    try {
      files.set(name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex'));
    } catch {
      // Deleted but not yet committed so, or a link to a folder.
    }
  }
  return files;
}

/** One hash of all files, or of those at or below one of the paths; without those whose name matches `except`. */
function treeHash(files, paths, except) {
  if (!files) return undefined;
  const hash = createHash('sha256');
  for (const [name, content] of files) {
    if (except?.test(name)) continue;
    if (!paths || paths.some((path) => name === path || name.startsWith(`${path}/`))) hash.update(`${name}\0${content}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function read(kind) {
  const file = join(cache, `${kind}.json`);
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function write(file, content) {
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(content));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Where packages are read-only there is nothing to keep, and nothing depends on it.
  }
}

/** Results of this kind that were kept for this very tree, by name. */
function keptResults(kind, tree) {
  const kept = read(kind);
  return tree !== undefined && kept?.tree === tree ? kept.results : {};
}

/** Adds results; those of another tree are forgotten. Keeps nothing when the tree has changed since `treeBefore`. */
function keepResults(kind, treeBefore, results) {
  const named = process.env.MUSTER_KEEP_RESULTS; // asked for by whoever started this run, changed tree or not
  if (named) write(named, { ...(existsSync(named) ? JSON.parse(readFileSync(named, 'utf8')) : {}), ...results });
  if (treeBefore === undefined || treeHash(treeFiles()) !== treeBefore) return;
  write(join(cache, `${kind}.json`), { tree: treeBefore, results: { ...keptResults(kind, treeBefore), ...results } });
}

/** What a run of Jest found, file by file: name and state of each test. */
function testResults(report, folder = root) {
  const at = new Date().toISOString();
  return Object.fromEntries(
    report.testResults.map(({ name, message, assertionResults, startTime, endTime, status }) => [
      name.slice(folder.length + 1),
      {
        at,
        seconds: Math.round((endTime - startTime) / 100) / 10,
        broken: status === 'failed' && assertionResults.every((one) => one.status !== 'failed') ? message.slice(0, 500) : undefined,
        tests: assertionResults.map((one) => [one.fullName, one.status]),
      },
    ]),
  );
}

module.exports = { treeFiles, treeHash, keptResults, keepResults, testResults };
