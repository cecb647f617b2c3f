// The table under `npm run test:coverage`, one row for each project that tools/dev/coverage.json asks something of.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const kinds = ['lines', 'branches', 'functions'];
const percent = (covered, total) => (total === 0 ? 100 : Math.round((10_000 * covered) / total) / 100);

/** Share of each project that the last run covered, by the paths of the thresholds. */
function coverageOf(root, thresholds) {
  const summary = JSON.parse(readFileSync(join(root, 'coverage', 'coverage-summary.json'), 'utf8'));
  const files = Object.entries(summary).filter(([path]) => path !== 'total').map(([path, row]) => [`./${relative(root, path)}`, row]);
  return Object.keys(thresholds).map((path) => {
    const own = files.filter(([file]) => path === 'global' || file.startsWith(path)).map(([, row]) => row);
    const sum = (kind, what) => own.reduce((total, row) => total + row[kind][what], 0);
    return { path, files: own.length, ...Object.fromEntries(kinds.map((kind) => [kind, percent(sum(kind, 'covered'), sum(kind, 'total'))])) };
  });
}

export function printCoverage(root) {
  const thresholds = JSON.parse(readFileSync(fileURLToPath(new URL('coverage.json', import.meta.url)), 'utf8'));
  if (!existsSync(join(root, 'coverage', 'coverage-summary.json'))) return;
  console.log(`${'covered, %'.padEnd(26)} files ${kinds.map((kind) => kind.padStart(18)).join('')}`);
  for (const row of coverageOf(root, thresholds)) {
    const cells = kinds.map((kind) => `${row[kind]} (≥ ${thresholds[row.path][kind] ?? '-'})`.padStart(18));
    console.log(`${row.path.padEnd(26)} ${String(row.files).padStart(5)} ${cells.join('')}`);
  }
}
