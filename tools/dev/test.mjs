// `npm test`: unit, integration and browser tests, as far as this machine can; `npm test -- spec|int|e2e [filter …]` runs a
// part, `--loud` shows what the tests' services print too. `npm run test:coverage`: unit and integration with the thresholds
// of tools/dev/coverage.json. May be the first command in a fresh clone: whatever is imported here needs no package.
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolsFolder } from './find-tool.mjs';
import { installPackages, orSay } from './install-packages.mjs';
import { keepResults, testResults, treeFiles, treeHash } from './kept-results.mjs';
import { endWithNpm, runCommand } from './run-command.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const sizes = ['spec', 'int', 'e2e'];
const coverage = process.argv.includes('--coverage');
const loud = process.argv.includes('--loud');
const asked = process.argv.slice(2).filter((word) => !['--coverage', '--loud'].includes(word));
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

const startedAt = performance.now();
const totals = { passed: 0, failed: 0, names: [] };
const tree = treeHash(treeFiles());
/** What tests and the services in them print goes there: most of it is the stacks of failures that a test asked for. */
const outputFile = join(root, 'node_modules/.cache/muster/test-output.log');

// --forceExit: an idle keep-alive socket of a finished test must not hold CI up; what a test leaves running is its own to assert.
/** Runs Jest and adds up its report; a run that ended without one is a failure, whatever it printed. */
async function jest(args, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-report-'));
  const report = join(folder, 'report.json');
  const output = openSync(outputFile, 'a');
  try {
    const reporters = loud ? [] : [`--reporters=${join(root, 'tools/dev/jest/quiet-reporter.cjs')}`];
    const all = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${report}`, '--passWithNoTests', '--forceExit', ...reporters, ...args, ...filters];
    const stdio = loud ? ['ignore', 'ignore', 'inherit'] : ['ignore', output, output, 1];
    // Whatever NODE_ENV is outside: tests are the same everywhere.
    const code = await runCommand(process.execPath, all, { cwd: root, env: { ...process.env, NODE_ENV: 'test', ...environment }, stdio });
    const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
    if (result) keepResults('tests', tree, testResults(result));
    else if (!loud) console.log(readFileSync(outputFile, 'utf8').split('\n').slice(-60).join('\n'));
    // A threshold that was missed fails the run, and no test says so.
    if (coverage) console.log((loud ? '' : readFileSync(outputFile, 'utf8')).match(/^(?:Statements|Branches|Functions|Lines) .*$|^.*coverage threshold.*$/gm)?.join('\n') ?? '');
    const failed = result ? result.numFailedTests + result.numRuntimeErrorTestSuites : 1;
    totals.names.push(...(result ? namesOfFailed(result) : ['Jest itself, which ended without a report']));
    totals.passed += result?.numPassedTests ?? 0;
    totals.failed += code !== 0 ? Math.max(failed, 1) : failed;
  } finally {
    closeSync(output);
    rmSync(folder, { recursive: true, force: true });
  }
}

function namesOfFailed(result) {
  return Object.entries(testResults(result)).flatMap(([file, { broken, tests }]) => [
    ...(broken === undefined ? [] : [`${file} (could not be run)`]),
    ...tests.filter(([, state]) => state === 'failed').map(([name]) => `${file} › ${name}`),
  ]);
}

endWithNpm();
await orSay("The tests can't run", () => installPackages());
mkdirSync(dirname(outputFile), { recursive: true });
rmSync(outputFile, { force: true });

const environment = {};
for (const { variable, path, name, without } of tools) {
  if (path) environment[variable] = path;
  else if (required) {
    totals.failed += 1;
    totals.names.push(`${name} is not on this machine, and REQUIRE_BROKERS=1 asks for it`);
  } else console.log(`Left out, because ${name} is not on this machine: ${without}.`);
}

// In a browser the code runs built and in another process, where nothing counts its lines.
const sized = wanted.length > 0 ? wanted : sizes.filter((size) => !coverage || size !== 'e2e');
const jestSizes = sized.filter((size) => size !== 'e2e');
if (jestSizes.length > 0) await jest(['--selectProjects', ...jestSizes, ...(coverage ? ['--coverage'] : []), '--'], environment);
if (sized.includes('e2e') && environment.CHROMIUM && existsSync(join(root, 'frontend/e2e'))) {
  const built = await runCommand(process.execPath, [join(root, 'tools/dev/build.mjs'), '--quiet'], { cwd: root });
  if (built !== 0) {
    totals.failed += 1;
    totals.names.push('the build, which the journeys in a browser need');
  } else await jest(['--config', 'jest.e2e.config.cjs', '--'], environment);
}

if (totals.failed > 0) {
  if (!loud) console.log(`\nWhat the tests themselves printed is in ${relative(root, outputFile)}.`);
  console.log('Failed:');
  for (const name of totals.names) console.log(`✗ ${name}`);
}
console.log(`The tests took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
