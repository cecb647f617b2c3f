// Packs the charts that other charts are made of, in the order in which they need each other (`npm run chart:deps`).
// Run it after a clone and after a change of charts/platform, before helm or skaffold. `--update` writes Chart.lock anew.
import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toolEnvironment, toolOrNotice } from '../../dev/find-tool.mjs';

const run = promisify(execFile);
const charts = fileURLToPath(new URL('../../../charts', import.meta.url));
const steps = [['auth', 'user', 'matching', 'communication', 'notification', 'frontend', 'muster-backing'], ['muster']];

/** The newest change below a folder, packed charts left out. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    if (entry.name === 'charts' || entry.name === 'golden' || entry.name === 'tests') return latest;
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

/** Packs what `chart` depends on, unless the packs are there and newer than everything they are made of. */
async function build(helm, chart, sources, command) {
  const folder = join(charts, chart);
  const packs = readdirSync(folder).includes('charts') ? readdirSync(join(folder, 'charts')).filter((file) => file.endsWith('.tgz')) : [];
  const packedAt = packs.length === sources.length ? Math.min(...packs.map((file) => statSync(join(folder, 'charts', file)).mtimeMs)) : 0;
  const latest = Math.max(...sources.map((source) => newest(join(charts, source))), statSync(join(folder, 'Chart.yaml')).mtimeMs);
  if (command === 'build' && packedAt > latest) return false;
  await run(helm, ['dependency', command, '--skip-refresh', folder], { env: toolEnvironment() });
  return true;
}

/** @returns how many charts were packed anew; undefined where helm is absent */
export async function packDependencies(command = 'build') {
  const helm = toolOrNotice('helm', 'the charts');
  if (!helm) return undefined;
  const first = await Promise.all(steps[0].map((chart) => build(helm, chart, ['platform'], command)));
  const all = ['platform', ...steps[0].filter((chart) => chart !== 'muster-backing')];
  return [...first, await build(helm, 'muster', all, command)].filter(Boolean).length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void packDependencies(process.argv.includes('--update') ? 'update' : 'build').then((packed) => {
    if (packed !== undefined) console.log(`${packed} charts packed anew, the others are current`);
  });
}
