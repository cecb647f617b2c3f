// The page that says what is kept of whom and for how long, out of the schemas that are committed beside the migrations.
import { readFileSync } from 'node:fs';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { markdownTable as table } from '../../check/report';
import { page } from './pages';

const classes = ['secret', 'contact', 'location', 'personal', 'public'];
/** What a column of such a name holds at least, whatever is said of it. */
const named: readonly [RegExp, string][] = [
  [/(^|_)(hash|sealed|mac|secret)$/, 'secret'],
  [/^(email|phone)(_|$)/, 'contact'],
  [/(latitude|longitude|^jitter_\w+)$/, 'location'],
];
const schemas: Readonly<Record<string, string>> = {
  'every service': 'libs/platform/src/database/platform-tables/schema.sql',
  ...Object.fromEntries(serviceNames.map((name) => [name, `apps/${name}/migrations/schema.sql`])),
};

interface Table {
  readonly name: string;
  readonly kept: string | undefined;
  readonly columns: readonly { readonly name: string; readonly dataClass: string | undefined }[];
}

function tablesOf(schema: string): Table[] {
  return [...schema.matchAll(/(?:^-- kept: (.+)\n)?^create table (\w+) \(\n([^]*?)^\)/gm)].map(([, kept, name = '', lines = '']) => ({
    name,
    kept,
    columns: lines.split('\n').filter((line) => line && !line.startsWith('  constraint ')).map((line) => ({ name: /\w+/.exec(line)?.[0] ?? '', dataClass: / -- (\w+)$/.exec(line)?.[1] })),
  }));
}

/** @throws Error where there is none, as a check of nothing would pass */
function tablesIn(file: string, read: (file: string) => string): Table[] {
  const tables = tablesOf(read(file));
  if (tables.length === 0) throw new Error(`${file} describes no table`);
  return tables;
}

/** A sentence for each table without retention and each column without a class, or with one that its name contradicts. */
export function dataFaults(read = (file: string) => readFileSync(file, 'utf8')): string[] {
  return Object.values(schemas).flatMap((file) => tablesIn(file, read).flatMap(({ name, kept, columns }) => [
    ...(kept === undefined ? [`${file}: nothing says how long rows of ${name} are kept (declareRetention in its migration)`] : []),
    ...columns.flatMap((column) => {
      const least = named.find(([pattern]) => pattern.test(column.name))?.[1];
      if (column.dataClass === undefined) return [`${file}: ${name}.${column.name} has no data class (classify in its migration)`];
      return least === undefined || least === column.dataClass ? [] : [`${file}: ${name}.${column.name} is called ${column.dataClass}, its name says ${least}`];
    }),
  ]));
}

export function dataPage(): string {
  const parts = Object.entries(schemas).flatMap(([whose, file]) => {
    const rows = tablesOf(readFileSync(file, 'utf8')).map(({ name, kept = '', columns }) => [
      `\`${name}\``, kept, ...classes.map((each) => columns.filter(({ dataClass }) => dataClass === each).map((column) => `\`${column.name}\``).join(' ')),
    ]);
    return [`## In the database of ${whose}`, table(['table', 'kept', ...classes], rows)];
  });
  return page('Data', 'What each column holds and how long rows are kept, as the migrations declare it; `libs/platform/src/database/data-classes.ts` explains the words.', ...parts);
}
