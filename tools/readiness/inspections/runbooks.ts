// Every alert of the charts links a runbook that is there, and no runbook is left that nothing links.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '../line';

const folder = 'docs/runbooks';
const sources = ['charts/muster/rules', 'charts/muster/files', 'charts/muster/templates'];

export function alertsHaveRunbooks(root: string): Found {
  const files = sources.filter((path) => existsSync(join(root, path))).flatMap((path) => readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)));
  const rules = files.filter((file) => /\.(?:ya?ml|tpl)$/.test(file)).map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const alerts = [...rules.matchAll(/^\s*- alert:\s*(\S+)/gm)].length;
  const linked = [...rules.matchAll(/^\s*runbook_url:\s*\S*?([\w-]+\.md)/gm)].map(([, name]) => name ?? '');
  const there = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md') : [];
  const faults = [
    ...(alerts === 0 ? ['there are no alerts'] : []),
    ...(linked.length < alerts ? [`${alerts - linked.length} alerts have no runbook_url`] : []),
    ...[...new Set(linked)].filter((name) => !there.includes(name)).map((name) => `${folder}/${name} is not there`),
    ...there.filter((name) => !linked.includes(name)).map((name) => `${folder}/${name} is led to by no alert`),
  ];
  return { figure: `${alerts} alerts, ${there.length} runbooks`, faults };
}
