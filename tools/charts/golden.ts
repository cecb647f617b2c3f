// Keeps what the charts render to, per chart and environment, so that a change of a template or a value is read as what it
// does. `npm run chart:golden` writes them anew; without `--write` it fails where they differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packDependencies } from './dependencies.mjs';
import { charts, environments, render, thinCharts, type Render } from './renders';

const golden = ['muster', 'muster-backing', ...thinCharts] as const;

/** Files that differ from the renders, with the first line that does. */
export function staleGolden(renders: readonly Render[]): string[] {
  return files(renders).flatMap(([file, wanted]) => {
    const present = textOf(file);
    if (present === wanted) return [];
    const [was, is] = [present.split('\n'), wanted.split('\n')];
    const at = is.findIndex((line, index) => line !== was[index]);
    return [`${file.slice(charts.length + 1)}:${at + 1}: has “${was[at]?.trim() ?? 'nothing'}”, renders “${is[at]?.trim() ?? 'nothing'}” (npm run chart:golden)`];
  });
}

function files(renders: readonly Render[]): [string, string][] {
  return renders
    .filter(({ environment }) => (environments as readonly string[]).includes(environment))
    .flatMap(({ environment, texts }) => golden.map((chart): [string, string] => [join(charts, chart, 'golden', `${environment}.yaml`), texts[chart] ?? '']));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function main(): Promise<void> {
  if ((await packDependencies()) === undefined) return;
  const renders = await Promise.all(environments.map((environment) => render(environment)));
  const stale = staleGolden(renders);
  if (process.argv.includes('--write')) {
    for (const [file, text] of files(renders)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    console.log(`${files(renders).length} golden renders, ${stale.length} written anew`);
  } else {
    stale.forEach((line) => console.error(line));
    process.exitCode = stale.length === 0 ? 0 : 1;
  }
}

if (require.main === module) void main();
