// `npm run check`: everything CI holds a change against, but for the tests (`npm test`). `npm run check -- lint walls`
// runs a part. Each line is a command of package.json, so that what is red here can be run alone. Contracts
// and the last six want programs that a developer's machine may not have (`npm run tools:install`): what is missing is left out with a notice,
// or with REQUIRE_TOOLS=1 is a failure. May be the first command in a fresh clone: nothing imported here is a package.
import { availableParallelism } from 'node:os';
import { installPackages, orSay } from '../dev/install-packages.mjs';
import { keepResults, treeFiles, treeHash } from '../dev/kept-results.mjs';
import { endWithNpm, runCommand } from '../dev/run-command.mjs';

const checks = ['types', 'lint', 'walls', 'unused', 'generated', 'openapi', 'build', 'charts', 'alerts', 'metrics', 'docker', 'workflows', 'leaks'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !checks.includes(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. There are: ${checks.join(', ')}`);
  process.exit(2);
}

endWithNpm();
await orSay("The checks can't run", () => installPackages());

/** What is running, by name, since when. */
const underWay = new Map();
const secondsSince = (started) => (performance.now() - started) / 1000;

async function run(name) {
  const started = performance.now();
  underWay.set(name, started);
  let output = '';
  const code = await runCommand('npm', ['run', '--silent', `check:${name}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    started: ({ stdout, stderr }) => [stdout, stderr].forEach((stream) => stream.on('data', (part) => (output += part))),
  });
  underWay.delete(name);
  return { name, passed: code === 0, checked: !/^\{"name":.*"met":false\}$/.test(output.trimEnd().split('\n').at(-1) ?? ''), output, seconds: secondsSince(started) };
}

const waiting = asked.length > 0 ? [...asked] : [...checks];
const results = [];
const tree = treeHash(treeFiles());
async function worker() {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    console.log(`  …   ${name}`);
    const result = await run(name);
    results.push(result);
    const word = !result.passed ? 'FAIL' : result.checked ? 'ok  ' : 'none';
    console.log(`${word}  ${name.padEnd(14)} ${result.seconds.toFixed(1)} s`);
    if (!result.passed) console.log(result.output.trimEnd().replace(/^/gm, '      '));
    else for (const notice of result.output.match(/^.*left out.*$/gim) ?? []) console.log(`      ${notice}`);
  }
}
const progress = setInterval(() => {
  const list = [...underWay].map(([name, started]) => `${name} (${secondsSince(started).toFixed(0)} s)`).join(', ');
  console.log(`  …   still ${list}; ${waiting.length} to come`);
}, 20_000);
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
clearInterval(progress);

const at = new Date().toISOString();
const kept = results.map(({ name, passed, output, seconds }) => [name, { at, passed, seconds: Math.round(seconds * 10) / 10, output: output.slice(-4000) }]);
keepResults('checks', tree, Object.fromEntries(kept));
const failed = results.filter(({ passed }) => !passed);
const nothing = results.filter(({ passed, checked }) => passed && !checked);
for (const { name } of nothing) console.log(`nothing was checked by ${name}: its programs are not on this machine`);
for (const { name } of failed) console.log(`✗ ${name}`);
console.log(`check: ${results.length - failed.length - nothing.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
