// Every alert of the charts links a runbook that is there, and no runbook is left that nothing links.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Found } from '../line';

const folder = 'docs/runbooks';
const ruleFolder = 'charts/muster/files/rules';

interface Rules { readonly groups: ReadonlyArray<{ readonly rules: ReadonlyArray<{ readonly alert?: string; readonly annotations?: { readonly runbook_url?: string } }> }> }

export function alertsHaveRunbooks(root: string): Found {
  const files = readdirSync(join(root, ruleFolder)).filter((name) => name.endsWith('.yaml')).map((name) => parse(readFileSync(join(root, ruleFolder, name), 'utf8')) as Rules);
  const found = files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).filter(({ alert }) => alert !== undefined);
  const alerts = found.length;
  const linked = found.flatMap(({ annotations }) => /([\w-]+\.md)$/.exec(annotations?.runbook_url ?? '')?.[1] ?? []);
  const there = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md') : [];
  const faults = [
    ...(alerts === 0 ? ['there are no alerts'] : []),
    ...(linked.length < alerts ? [`${alerts - linked.length} alerts have no runbook_url`] : []),
    ...[...new Set(linked)].filter((name) => !there.includes(name)).map((name) => `${folder}/${name} is not there`),
    ...there.filter((name) => !linked.includes(name)).map((name) => `${folder}/${name} is led to by no alert`),
  ];
  return { figure: `${alerts} alerts, ${there.length} runbooks`, faults };
}
