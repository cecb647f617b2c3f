// The sample queries of docs/observability against what is really written: every field that a query names is one that
// code gives to a line, and every sentence that it quotes is one that code says.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '../line';

const document = 'docs/observability/LOG-QUERIES.md';
/** Of an error, as pino and redaction write it, and what the document has Kibana work out. */
const ofErrors = ['err', 'type', 'message', 'code', 'stack', 'cause', 'kind', 'dependency'];
const leastQueries = 10;

function sources(root: string): string {
  const folders = ['libs/platform/src', ...readdirSync(join(root, 'apps')).map((app) => `apps/${app}/src`)].filter((folder) => existsSync(join(root, folder)));
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)));
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts')).map((file) => readFileSync(file, 'utf8')).join('\n');
}

const blocks = (text: string, language: string): string[] => [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, body = '']) => body);

/** `field: value` outside of quoted words. */
const fieldsOf = (kql: string): string[] => [...kql.replace(/"[^"]*"/g, '""').matchAll(/([a-zA-Z][\w.]*)\s*(?::|>=|<=|>|<)/g)].flatMap(([, path = '']) => path.split('.'));
const sentencesOf = (text: string): string[] => [...text.matchAll(/msg(?::| ==) "([^"]+)"/g)].map(([, sentence = '']) => sentence);

export function queriesHold(root: string): Found {
  if (!existsSync(join(root, document))) return { figure: '', faults: [`${document} is not there`] };
  const text = readFileSync(join(root, document), 'utf8');
  const code = sources(root);
  const [example = '{}'] = blocks(text, 'json');
  const shown = Object.keys(JSON.parse(example) as Record<string, unknown>);
  const queries = blocks(text, 'kql');
  const given = (field: string): boolean => shown.includes(field) || ofErrors.includes(field) || new RegExp(`logger\\.\\w+\\(\\{[^}]*\\b${field}\\b`).test(code);
  const fields = new Set(queries.flatMap(fieldsOf));
  const sentences = new Set(sentencesOf(text));
  return {
    figure: `${queries.length} queries, ${fields.size} fields, ${sentences.size} sentences`,
    faults: [
      ...(queries.length < leastQueries ? [`only ${queries.length} queries were read`] : []),
      ...shown.filter((field) => !new RegExp(`\\b${field}\\b`).test(code)).map((field) => `the example has ${field}, which no code writes`),
      ...[...fields].filter((field) => !given(field)).map((field) => `a query asks for ${field}, which no line has`),
      ...[...sentences].filter((sentence) => !code.includes(`${sentence}'`) && !code.includes(`${sentence}\``)).map((sentence) => `a query quotes “${sentence}”, which nothing says`),
    ],
  };
}
