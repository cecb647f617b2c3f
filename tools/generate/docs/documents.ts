// Holds what the documents say against the repository: commands, links, decisions and what enforces them, sample queries.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What was looked at, so that nobody is content with having read nothing, and a sentence for each fault. */
interface Found { readonly what: string; readonly count: number; readonly faults: readonly string[] }
type Read = (file: string) => string;

const names = (): string[] => execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).trim().split('\n').filter((file) => existsSync(file));
/** Written by the readiness report from its own table. */
const OWN = 'docs/PRODUCTION-READINESS.md';
const decision = /^docs\/adr\/\d{4}-.*\.md$/;

export function documentsFound(read: Read = (file) => readFileSync(file, 'utf8'), files = names()): Found[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
  const documents = files.filter((file) => /^(?:docs\/|\.github\/)?(?:[\w-]+\/)?[\w.-]+\.md$/.test(file) && file !== OWN).map((file) => [file, read(file)] as const);
  const each = (pattern: RegExp) => documents.flatMap(([file, text]) => [...text.matchAll(pattern)].map(([, found = '']) => [file, found] as const));
  const named = [...each(/npm run ([a-z][\w:-]*)(?![\w<:-])/g), ...each(/node (tools\/[\w/.-]+\.(?:mjs|cjs|ts))/g)];
  const links = each(/\]\(([^)\s]+)\)/g).filter(([, target]) => !/^(?:https?:|mailto:|#)/.test(target));
  const explained = `${read('README.md')}\n${read('CONTRIBUTING.md')}`;
  const decisions = files.filter((file) => decision.test(file)).sort();
  return [
    { what: 'commands named by documents', count: named.length, faults: named.filter(([, one]) => !(one in scripts) && !files.includes(one)).map(([file, one]) => `${file} names ${one}, which is not there`) },
    { what: 'commands explained', count: Object.keys(scripts).length, faults: Object.keys(scripts).filter((script) => !isExplained(script, explained)).map((script) => `${script} is explained in neither README nor CONTRIBUTING`) },
    { what: 'links of documents', count: links.length, faults: links.filter(([file, target]) => !existsSync(join(dirname(file), decodeURI(target.split('#')[0] ?? '')))).map(([file, target]) => `${file} links to ${target}, which is not there`) },
    { what: 'decisions', count: decisions.length, faults: decisions.flatMap((file, index) => decisionFaults(file, index + 1, read(file), Object.keys(scripts), files, read('.dependency-cruiser.cjs'))) },
    queriesHold(read, files),
  ];
}

/** `npm run crash:points`, or `crash:points` behind it in a list, or one of `check:<name>: lint, walls`. */
function isExplained(script: string, text: string): boolean {
  if (new RegExp(`(?:npm (?:run )?|\`)${script}(?![\\w:-])`).test(text)) return true;
  const [group, name] = script.split(':');
  return name !== undefined && text.split('\n').some((line) => line.includes(`${group}:<name>`) && new RegExp(`\\b${name}\\b`).test(line));
}

/** One screen each, numbered without a hole: context, decision, and a test, a command or a wall that enforces it and is there. */
function decisionFaults(file: string, number: number, text: string, scripts: readonly string[], files: readonly string[], walls: string): string[] {
  const isThere = (name: string): boolean | undefined => {
    const command = /^npm (?:run ([\w:-]+)|(test))/.exec(name) ?? /^(check:[\w-]+)$/.exec(name);
    if (command) return scripts.includes(command[1] ?? 'test');
    if (/^[\w./-]+\.(ts|tsx|mjs|cjs|sql|ya?ml)$/.test(name)) return files.some((one) => one === name || one.endsWith(`/${name}`));
    return walls.includes(`name: '${name}'`) || undefined;
  };
  const enforced = [...(/\*\*Enforced by\*\*([^]*?)(?:\n\n|$)/.exec(text)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, there: isThere(name) }));
  return [
    ...(file.includes(`/${String(number).padStart(4, '0')}-`) ? [] : [`${file} is number ${number} of the decisions`]),
    ...['**Context.**', '**Decision.**'].filter((part) => !text.includes(part)).map((part) => `${file} has no part ${part.replaceAll('*', '')}`),
    ...enforced.filter(({ there }) => there === false).map(({ name }) => `${file} is said to be enforced by ${name}, which is not there`),
    ...(enforced.some(({ there }) => there) ? [] : [`${file} names no test, command or wall that enforces it`]),
  ];
}

/** Of an error, as pino and redaction write it, and what the document has Kibana work out. */
const ofErrors = ['err', 'type', 'message', 'code', 'stack', 'cause', 'kind', 'dependency'];

/** Every field that a sample query names is one that code gives to a line, and every sentence that it quotes is one that code says. */
function queriesHold(read: Read, files: readonly string[]): Found {
  const text = read('docs/observability/LOG-QUERIES.md');
  const code = files.filter((file) => /^(?:libs\/platform|apps\/[\w-]+)\/src\/.*(?<!spec)\.ts$/.test(file)).map(read).join('\n');
  const blocks = (language: string): string[] => [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, body = '']) => body);
  const shown = Object.keys(JSON.parse(blocks('json')[0] ?? '{}') as object);
  const queries = blocks('kql');
  // `field: value` outside of quoted words.
  const fields = queries.flatMap((kql) => [...kql.replace(/"[^"]*"/g, '""').matchAll(/([a-zA-Z][\w.]*)\s*(?::|>=|<=|>|<)/g)].flatMap(([, path = '']) => path.split('.')));
  const isGiven = (field: string): boolean => shown.includes(field) || ofErrors.includes(field) || new RegExp(`logger\\.\\w+\\(\\{[^}]*\\b${field}\\b`).test(code);
  const sentences = [...`${text}${read('docs/observability/OBSERVABILITY.md')}`.matchAll(/msg(?::| ==) "([^"]+)"/g)].map(([, sentence = '']) => sentence);
  return {
    what: 'queries of logs', count: queries.length,
    faults: [
      ...shown.filter((field) => !new RegExp(`\\b${field}\\b`).test(code)).map((field) => `the example has ${field}, which no code writes`),
      ...[...new Set(fields)].filter((field) => !isGiven(field)).map((field) => `a query asks for ${field}, which no line has`),
      ...[...new Set(sentences)].filter((sentence) => !code.includes(`${sentence}'`) && !code.includes(`${sentence}\``)).map((sentence) => `a query quotes “${sentence}”, which nothing says`),
    ],
  };
}
