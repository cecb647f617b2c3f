// Holds the code against the walls (.dependency-cruiser.cjs), and the walls against their fixtures: a rule that does
// not fire on the file that breaks it, or a run that read too few modules, is a failure. When: `npm run check:walls`.
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../../../.dependency-cruiser.cjs');
const LEAST_MODULES = 250;
const tsConfig = extractTSConfig('tsconfig.base.json');

async function violations(paths, extra = {}) {
  const { output } = await cruise(paths, { ...options, ...extra, validate: true, ruleSet: { forbidden } }, undefined, { tsConfig });
  return { read: output.summary.totalCruised, found: output.summary.violations };
}

const failures = [];
const real = await violations(['apps', 'libs', 'frontend/src']);
for (const { rule, from, to } of real.found) failures.push(`${rule.name}: ${from} → ${to}`);
if (real.read < LEAST_MODULES) failures.push(`only ${real.read} modules were read, fewer than ${LEAST_MODULES}`);

const fixtures = readdirSync('tools/check/walls/fixtures');
for (const { name } of forbidden) {
  if (!fixtures.includes(name)) failures.push(`${name}: no fixture breaks it`);
}
for (const name of fixtures) {
  const { found } = await violations(['.'], { baseDir: resolve('tools/check/walls/fixtures', name) });
  if (!found.some(({ rule }) => rule.name === name)) failures.push(`${name}: its fixture passes, the rule is theatre`);
}

for (const failure of failures) console.error(`  ${failure}`);
console.log(`walls: ${real.read} modules, ${forbidden.length} rules each seen failing, ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;
