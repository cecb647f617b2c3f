// Holds the lint rules and knip against what they exist to refuse: each fixture is linted as if it stood in a file of
// the platform, and its rule must fire. A fixture is called after its rule; where one rule refuses several things, what
// it refuses follows after a dot, and its first line `// refused: …` quotes the message; `// N times: …` stands for so many
// lines. When: `npm run check:walls`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const folder = 'tools/check/walls/lint-fixtures';
const standsIn = 'libs/platform/src/kernel/backoff.ts';
const eslint = new ESLint();
const failures = [];

const fixtures = readdirSync(folder);
for (const fixture of fixtures) {
  const [rule] = fixture.split('.');
  const source = readFileSync(join(folder, fixture), 'utf8').replace(/^\/\/ (\d+) times: (.+)$/m, (_all, times, line) => `${line}\n`.repeat(Number(times)));
  const [result] = await eslint.lintText(source, { filePath: standsIn });
  const wanted = /^\/\/ refused: (.+)$/m.exec(source)?.[1] ?? '';
  const fired = result.messages.some(({ ruleId, message }) => ruleId?.split('/').at(-1) === rule && message.includes(wanted));
  if (!fired) failures.push(`${fixture}: it passes, the rule is theatre`);
}

const knip = spawnSync('npx', ['knip', '--directory', 'tools/check/walls/knip-fixture'], { encoding: 'utf8' });
if (knip.status === 0 || !knip.stdout.includes('forgotten')) failures.push('knip: an unused export passes');

for (const failure of failures) console.error(`  ${failure}`);
console.log(`lint walls: ${fixtures.length} rules and knip each seen failing, ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;
