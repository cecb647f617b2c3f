// `npm run mutate [-- --mutate FILES]`: StrykerJS by stryker.config.mjs, then what survived and the score in a line; red below
// the score that is kept there as `thresholds.break`.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import stryker from '../../stryker.config.mjs';

// A run that ends without a report must not be judged by the report of the run before.
rmSync(stryker.jsonReporter.fileName, { force: true });
const { status } = spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', ...process.argv.slice(2)], { stdio: 'inherit' });
const { files } = JSON.parse(readFileSync(stryker.jsonReporter.fileName, 'utf8'));
const counts = (...states) => Object.values(files).flatMap(({ mutants }) => mutants).filter((mutant) => states.includes(mutant.status)).length;
const [found, missed] = [counts('Killed', 'Timeout'), counts('Survived', 'NoCoverage')];
console.log(`mutation score ${((100 * found) / Math.max(found + missed, 1)).toFixed(1)} %: ${found} of ${found + missed} changes were noticed, ${stryker.thresholds.break} % are asked for`);
process.exitCode = status ?? 1;
