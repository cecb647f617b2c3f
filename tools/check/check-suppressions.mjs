// Every suppression says why, and no barrel slips in. When: `npm run check:suppressions`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '--', '*.ts', '*.tsx', '*.mjs', '*.cjs'], { encoding: 'utf8' }).trim().split('\n');
const marks = [
  [/eslint-disable(?:-next-line|-line)?(?![a-z-])(?!.*\s--\s\S)/, 'a lint suppression without a reason (… -- why)'],
  [/@ts-ignore/, '@ts-ignore: use @ts-expect-error with a reason'],
  [/@ts-expect-error(?!\s+--\s\S)/, '@ts-expect-error without a reason (… -- why)'],
  [/\b(?:it|describe|test)\.(?:only|skip)\(/, 'a test that is left out'],
];
const own = 'tools/check/check-suppressions.mjs';
const found = [];
for (const file of files.filter((name) => name !== own)) {
  readFileSync(file, 'utf8').split('\n').forEach((line, index) => {
    for (const [mark, what] of marks) if (mark.test(line)) found.push(`${file}:${index + 1}: ${what}`);
  });
}
if (files.length < 300) found.push(`only ${files.length} files were read`);
for (const line of found) console.error(`  ${line}`);
console.log(`suppressions: ${files.length} files, ${found.length} without a reason`);
process.exitCode = found.length === 0 ? 0 : 1;
