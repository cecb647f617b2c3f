// `npm test`: unit, integration and browser tests, as far as this machine can; `npm test -- spec|int|e2e [filter …]` runs a
// part. `npm run test:coverage`: unit and integration with the thresholds of tools/delivery/coverage.json.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printCoverage } from './delivery/coverage.mjs';
import { toolsFolder } from './delivery/find-tool.mjs';
import { keepResults, testResults, treeFiles, treeHash } from './kept-results.cjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sizes = ['spec', 'int', 'e2e'];
const coverage = process.argv.includes('--coverage');
const asked = process.argv.slice(2).filter((word) => word !== '--coverage');
const wanted = sizes.filter((size) => asked.includes(size));
const filters = asked.filter((word) => !sizes.includes(word));
const required = process.env.REQUIRE_BROKERS === '1';

/** The first of the programs that is on the PATH, in go's folder, where `go install` puts nats-server, or in that of `npm run tools:install`. */
function find(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), join(process.env.GOPATH ?? join(process.env.HOME ?? '/', 'go'), 'bin'), join(toolsFolder(), 'bin')];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** What some tests need, the variable that tells them where it is, and what is left out without it. */
const tools = [
  { variable: 'NATS_SERVER', path: process.env.NATS_SERVER ?? find('nats-server'), name: 'nats-server', without: 'the JetStream carrier and NATS fan-out' },
  { variable: 'VALKEY_SERVER', path: process.env.VALKEY_SERVER ?? find('valkey-server', 'redis-server'), name: 'valkey-server or redis-server', without: 'the Valkey counters' },
  { variable: 'CHROMIUM', path: process.env.CHROMIUM ?? find('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'), name: 'chromium', without: 'the journeys in a browser' },
];

const totals = { passed: 0, failed: 0 };
const tree = treeHash(treeFiles());

function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

// --forceExit: an idle keep-alive socket of a finished test must not hold CI up; what a test leaves running is its own to assert.
/** Runs Jest and adds up its report; a run that ended without one is a failure, whatever it printed. */
async function jest(args, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-report-'));
  const report = join(folder, 'report.json');
  try {
    const all = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${report}`, '--passWithNoTests', '--forceExit', ...args, ...filters];
    const code = await run(process.execPath, all, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] });
    const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
    if (result) keepResults('tests', tree, testResults(result));
    const failed = result ? result.numFailedTests + result.numRuntimeErrorTestSuites : 1;
    totals.passed += result?.numPassedTests ?? 0;
    totals.failed += code !== 0 ? Math.max(failed, 1) : failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const environment = {};
for (const { variable, path, name, without } of tools) {
  if (path) environment[variable] = path;
  else if (required) {
    console.error(`✗ ${name} is not on this machine, and REQUIRE_BROKERS=1 asks for it.`);
    totals.failed += 1;
  } else console.log(`Left out, because ${name} is not on this machine: ${without}.`);
}

// In a browser the code runs built and in another process, where nothing counts its lines.
const sized = wanted.length > 0 ? wanted : sizes.filter((size) => !coverage || size !== 'e2e');
const jestSizes = sized.filter((size) => size !== 'e2e');
if (jestSizes.length > 0) await jest(['--selectProjects', ...jestSizes, ...(coverage ? ['--coverage'] : []), '--'], environment);
if (coverage) printCoverage(root);
if (sized.includes('e2e') && environment.CHROMIUM && existsSync(join(root, 'frontend/e2e'))) {
  const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs'), '--quiet'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) totals.failed += 1;
  else await jest(['--config', 'jest.e2e.config.cjs', '--'], environment);
}

console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
