// Holds the lint rules and knip against what they exist to refuse: each fixture is linted as if it stood in a file of
// the platform, and its rule must fire. When: `npm run check:walls`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const folder = 'tools/walls/lint-fixtures';
const standsIn = 'libs/platform/src/kernel/backoff.ts';
const eslint = new ESLint();
const failures = [];

const fixtures = readdirSync(folder);
for (const fixture of fixtures) {
  const rule = fixture.replace(/\.txt$/, '');
  const [result] = await eslint.lintText(readFileSync(join(folder, fixture), 'utf8'), { filePath: standsIn });
  const fired = result.messages.map(({ ruleId }) => ruleId?.replace('@typescript-eslint/', ''));
  if (!fired.includes(rule)) failures.push(`${rule}: its fixture passes, the rule is theatre`);
}

const knip = spawnSync('npx', ['knip', '--directory', 'tools/walls/knip-fixture'], { encoding: 'utf8' });
if (knip.status === 0 || !knip.stdout.includes('forgotten')) failures.push('knip: an unused export passes');

for (const failure of failures) console.error(`  ${failure}`);
console.log(`lint walls: ${fixtures.length} rules and knip each seen failing, ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;
