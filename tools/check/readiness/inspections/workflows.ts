// What runs on a change and what keeps it up to date: .github and .ci.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Found } from '../line';

const read = (root: string, path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

export function updatesConfigured(root: string): Found {
  const text = read(root, '.github/dependabot.yml');
  if (text === '') return { figure: '', faults: ['.github/dependabot.yml is not there'] };
  const { updates = [] } = parse(text) as { updates?: ReadonlyArray<{ 'package-ecosystem'?: string; schedule?: { interval?: string } }> };
  const covered = updates.filter(({ schedule }) => schedule?.interval).map((one) => one['package-ecosystem']);
  const faults = ['npm', 'docker', 'github-actions', 'helm'].filter((wanted) => !covered.includes(wanted)).map((wanted) => `${wanted} is not kept up to date`);
  return { figure: `${new Set(covered).size} ecosystems`, faults };
}

export function everyChangeRuns(root: string): Found {
  const text = read(root, '.ci/run').replace(/^\s*#.*$/gm, '');
  const wanted: ReadonlyArray<readonly [string, RegExp]> = [
    ['npm test', /npm (?:run )?(?:--silent )?test\b/], ['npm run check', /npm run (?:--silent )?check(?![:\w])/], ['the report', /npm run (?:--silent )?check:readiness/],
  ];
  const faults = wanted.filter(([, pattern]) => !pattern.test(text)).map(([name]) => `.ci/run does not run ${name}`);
  return { figure: `${wanted.length - faults.length} of ${wanted.length} commands`, faults };
}
