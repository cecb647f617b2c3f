// `npm run check`: everything CI holds a change against, but for the tests (`npm test`). `npm run check -- lint walls`
// runs a part. Each line is a command of package.json, so that what is red here can be run alone. The last seven want
// programs that a developer's machine may not have (`npm run tools:install`): what is missing is left out with a notice,
// or with REQUIRE_TOOLS=1 is a failure.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { keepResults, treeFiles, treeHash } from './kept-results.cjs';

const checks = ['types', 'lint', 'walls', 'unused', 'suppressions', 'generated', 'contracts', 'build', 'charts', 'alerts', 'skaffold', 'docker', 'workflows', 'lock', 'leaks'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !checks.includes(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. There are: ${checks.join(', ')}`);
  process.exit(2);
}

function run(name) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.once('exit', (code) => resolve({ name, passed: code === 0, output, seconds: (performance.now() - started) / 1000 }));
  });
}

const waiting = asked.length > 0 ? [...asked] : [...checks];
const results = [];
const tree = treeHash(treeFiles());
async function worker() {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const result = await run(name);
    results.push(result);
    console.log(`${result.passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(14)} ${result.seconds.toFixed(1)} s`);
    if (!result.passed) console.log(result.output.trimEnd().replace(/^/gm, '      '));
    else for (const notice of result.output.match(/^.*left out.*$/gim) ?? []) console.log(`      ${notice}`);
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));

const at = new Date().toISOString();
const kept = results.map(({ name, passed, output, seconds }) => [name, { at, passed, seconds: Math.round(seconds * 10) / 10, output: output.slice(-4000) }]);
keepResults('checks', tree, Object.fromEntries(kept));
const failed = results.filter((result) => !result.passed).length;
console.log(`check: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
