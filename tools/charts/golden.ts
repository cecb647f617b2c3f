// Keeps what the charts render to, per chart and environment, so that a change of a template or a value is read as what it
// does. `npm run chart:golden` writes them anew; with `-- --check` it fails where they differ.
import { packDependencies } from './dependencies.mjs';
import { staleFiles, textOf, writeOrCheck } from './generated-files';
import { environments, render, thinCharts, type Render } from './renders';

const golden = ['muster', 'muster-backing', ...thinCharts] as const;

/** Files that differ from the renders, with the first line that does. */
export function staleGolden(renders: readonly Render[]): string[] {
  const wanted = goldenFiles(renders);
  return staleFiles(wanted).map((file) => {
    const [was, is] = [(textOf(file) ?? '').split('\n'), (wanted[file] ?? '').split('\n')];
    const at = is.findIndex((line, index) => line !== was[index]);
    return `${file}:${at + 1}: has “${was[at]?.trim() ?? 'nothing'}”, renders “${is[at]?.trim() ?? 'nothing'}” (npm run chart:golden)`;
  });
}

function goldenFiles(renders: readonly Render[]): Record<string, string> {
  const kept = renders.filter(({ environment }) => (environments as readonly string[]).includes(environment));
  return Object.fromEntries(kept.flatMap(({ environment, texts }) => golden.map((chart) => [`charts/${chart}/golden/${environment}.yaml`, texts[chart] ?? ''])));
}

async function main(): Promise<void> {
  if ((await packDependencies()) === undefined) return;
  writeOrCheck('golden renders', goldenFiles(await Promise.all(environments.map((environment) => render(environment)))));
}

if (require.main === module) void main();
