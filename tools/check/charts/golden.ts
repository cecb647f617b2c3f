// Keeps what the umbrella renders to with local and with production values, so that a change of a template or a value is
// read as what it does. `npm run chart:golden` writes the two files anew; `npm run check:charts` fails where they differ.
import { parseAllDocuments, type Document } from 'yaml';
import { compactYaml } from '../../generate/charts/compact';
import { packDependencies } from '../../generate/charts/dependencies.mjs';
import { committed, staleFiles, writeFiles } from '../../generate/files';
import { render, type Render } from './renders';

/** Staging is compared with production object by object; the backing chart has its unit tests. */
const kept = ['local', 'production'];
/** A rule lies five collections deep in its object, and is a line as it is in its own file. */
const A_RULE_EACH = 5;

/** A dashboard is committed whole beside the chart, and held against its source there. */
function withoutDashboard(document: Document): Document {
  if (document.getIn(['metadata', 'labels', 'grafana_dashboard']) === undefined) return document;
  for (const name of Object.keys((document.toJS() as { data: object }).data)) document.setIn(['data', name], `(files/dashboards/${name})`);
  return document;
}

/** As helm wrote it, comments and order included, in fewer lines. */
const compact = (text: string): string =>
  parseAllDocuments(text).filter(({ contents }) => contents !== null).map(withoutDashboard).map((document) => compactYaml(document, document.get('kind') === 'PrometheusRule' ? A_RULE_EACH : undefined)).join('');
const goldenFiles = (renders: readonly Render[]): Record<string, string> =>
  Object.fromEntries(renders.filter(({ environment }) => kept.includes(environment)).map(({ environment, texts }) => [`charts/muster/golden/${environment}.yaml`, compact(texts.muster)]));

/** Files that differ from the renders, with the first line that does. */
export function staleGolden(renders: readonly Render[]): string[] {
  const wanted = goldenFiles(renders);
  return staleFiles(wanted).map((file) => {
    const [was, is] = [(committed(file) ?? '').split('\n'), (wanted[file] ?? '').split('\n')];
    const at = is.findIndex((line, index) => line !== was[index]);
    return `${file}:${at + 1}: has “${was[at]?.trim() ?? 'nothing'}”, renders “${is[at]?.trim() ?? 'nothing'}” (npm run chart:golden)`;
  });
}

async function main(): Promise<void> {
  if ((await packDependencies()) === undefined) return;
  const files = goldenFiles(await Promise.all(kept.map((environment) => render(environment))));
  writeFiles(files, staleFiles(files));
}

if (require.main === module) void main();
