// What the documents say about commands, files and decisions, held against the checkout.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Found } from '../line';

const folders = ['.', 'docs', 'docs/adr', 'docs/runbooks', 'docs/observability', '.github'];
const leastDocuments = 15;
/** Written by this report from its own table. */
const own = 'docs/PRODUCTION-READINESS.md';

function documents(root: string): Array<readonly [path: string, text: string]> {
  const paths = folders.flatMap((folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => join(folder, name)) : []));
  return paths.filter((path) => path.endsWith('.md') && path !== own).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
}

function scripts(root: string): string[] {
  return Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts);
}

const enough = (read: number): string[] => (read >= leastDocuments ? [] : [`only ${read} documents were read`]);

/** `npm run x`, `npm test`, `npm start`, and programs of tools/ that are called with node. */
export function commandsExist(root: string): Found {
  const known = new Set(scripts(root));
  const all = documents(root);
  const faults = enough(all.length);
  let named = 0;
  for (const [path, text] of all) {
    for (const [, script = ''] of text.matchAll(/npm run ([a-z][\w:-]*)(?![\w<:-])/g)) {
      named += 1;
      if (!known.has(script)) faults.push(`${path} names npm run ${script}, which is no script`);
    }
    for (const [, program = ''] of text.matchAll(/node (tools\/[\w/.-]+\.(?:mjs|cjs|ts))/g)) {
      named += 1;
      if (!existsSync(join(root, program))) faults.push(`${path} names ${program}, which is not there`);
    }
  }
  return { figure: `${named} commands in ${all.length} documents`, faults };
}

export function everyCommandDocumented(root: string): Found {
  const text = ['README.md', 'CONTRIBUTING.md'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const all = scripts(root);
  const faults = all.filter((script) => !isNamed(script, text)).map((script) => `${script} is explained nowhere`);
  return { figure: `${all.length - faults.length} of ${all.length} commands`, faults };
}

/** `npm run crash:points`, or `crash:points` behind it in a list, or one of `check:<name>: lint, walls`. */
function isNamed(script: string, text: string): boolean {
  if (new RegExp(`(?:npm (?:run )?|\`)${script}(?![\\w:-])`).test(text)) return true;
  const [group, name] = script.split(':');
  return name !== undefined && text.split('\n').some((line) => line.includes(`${group}:<name>`) && new RegExp(`\\b${name}\\b`).test(line));
}

export function linksResolve(root: string): Found {
  const all = documents(root);
  const faults = enough(all.length);
  let links = 0;
  for (const [path, text] of all) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(?:https?:|mailto:|#)/.test(target)) continue;
      links += 1;
      const file = join(dirname(path), decodeURI(target.split('#')[0] ?? ''));
      if (!existsSync(join(root, file))) faults.push(`${path} links to ${target}, which is not there`);
    }
  }
  return { figure: `${links} links in ${all.length} documents`, faults };
}

/** One screen each: context, decision, and how it is enforced; numbered from 0001 without a hole. */
export function decisionsComplete(root: string): Found {
  const names = readdirSync(join(root, 'docs/adr')).filter((name) => /^\d{4}-/.test(name)).sort();
  const faults = names.length > 0 ? [] : ['there are no decision records'];
  names.forEach((name, index) => {
    const text = readFileSync(join(root, 'docs/adr', name), 'utf8');
    if (Number(name.slice(0, 4)) !== index + 1) faults.push(`${name} is number ${index + 1} of the records`);
    for (const part of ['**Context.**', '**Decision.**', '**Enforced by**']) {
      if (!text.includes(part)) faults.push(`${name} has no part ${part.replaceAll('*', '')}`);
    }
  });
  return { figure: `${names.length} records`, faults };
}
