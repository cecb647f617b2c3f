// Writes frontend/src/lib/trades/generated from libs/reference: the web app names trades and finds them by the very table,
// matcher and aliases of the services, and may not import them. `--check` fails where a copy is stale. After every change of an original.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const target = join(root, 'frontend/src/lib/trades/generated');

/** They import nothing but each other. */
const files = ['sound-key.ts', 'name-search.ts', 'trade-aliases.ts', 'trade-search.ts', 'trade-table.ts'];

for (const name of files) {
  const original = readFileSync(join(root, 'libs/reference/src', name), 'utf8');
  const wanted = `// Copied from libs/reference/src/${name} by tools/generate/trade-search.ts. Do not edit.\n${original}`;
  const path = join(target, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
  if (process.argv.includes('--check')) {
    console.error(`frontend/src/lib/trades/generated/${name} is stale: run tools/generate/trade-search.ts`);
    process.exitCode = 1;
  } else {
    mkdirSync(target, { recursive: true });
    writeFileSync(path, wanted);
    console.log(`wrote ${name}`);
  }
}
