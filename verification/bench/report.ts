// How every benchmark ends: its figures for people, docs/BENCHMARKS.md brought up to date, and one line of JSON for programs.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { join } from 'node:path';
import { conclude, table } from '../../tools/check/report';
import { root } from '../product/program';

const kept = join(root, 'docs', 'generated', 'benchmarks.json');
const page = join(root, 'docs', 'BENCHMARKS.md');

type Figure = number | string;
/** By name; what has rows of its own is a table: by the row's name, or in an order. */
type Figures = Readonly<Record<string, Figure | object>>;

interface Outcome {
  /** `bench:<name>` is the command. */
  readonly name: string;
  /** What the benchmark does, one sentence. */
  readonly about: string;
  readonly figures: Figures;
  readonly aims: Readonly<Record<string, Figure>>;
  readonly met: boolean;
  /** What a reader should know to trust the figures. */
  readonly note: string;
}

interface Kept extends Outcome {
  readonly measured: string;
}

/** The machine, and how busy it was. */
export function where(): string {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system()} ${release().split('-')[0]}`;
  return `${machine}, Node ${process.version.slice(1)}, load average ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

/** Prints and keeps. `--no-keep` on the command line leaves the documents alone: for runs that only try something. */
export function report(outcome: Outcome): void {
  const { name, figures, aims, met, note } = outcome;
  for (const { title, head, rows } of tablesOf(outcome)) console.log(`\n${title}\n${table(head, rows)}`);
  console.log(`\n${note}\n\n${where()}`);
  if (!process.argv.includes('--no-keep')) {
    const options = process.argv.slice(2).join(' ');
    keep({ ...outcome, measured: `${new Date().toISOString().slice(0, 10)}${options && ` with \`${options}\``} on ${where()}` });
  }
  conclude({ name, figures, aims, met });
  process.exitCode = 0; // an aim that is missed is a figure, not a failure
}

function keep(outcome: Kept): void {
  const all: Record<string, Kept> = { ...(JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Kept>), [outcome.name]: outcome };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(kept, `${JSON.stringify(sorted, null, 2)}\n`);
  const parts = Object.values(sorted).flatMap((one) => [
    `## \`npm run bench:${one.name}\``, one.about, `${one.met ? 'Aims met.' : '**An aim is missed.**'} Measured ${one.measured}.`,
    ...tablesOf(one).map(({ head, rows }) => markdown(head, rows)), one.note,
  ]);
  const intro = [
    '# Benchmarks',
    'Written by the benchmarks themselves from their last results, which are kept in `docs/generated/benchmarks.json`.',
    'What the platform and the search cost are ratios within one run: variants take turns round by round, each figure is CPU time ' +
      'of the server’s process, and the tenth percentile of many short rounds counts. Absolute aims are scaled by a calibration loop of the same run ' +
      'where the machine is slower than the one they were set on.',
  ];
  writeFileSync(page, `${[...intro, ...parts].join('\n\n')}\n`);
}

interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly Figure[]>;
}

/** One of the single figures beside their aims, and one for each figure that has rows. */
function tablesOf({ name, figures, aims }: Outcome): Table[] {
  const single = Object.entries(figures).filter((pair): pair is [string, Figure] => typeof pair[1] !== 'object');
  const several = Object.entries(figures).filter((pair): pair is [string, object] => typeof pair[1] === 'object');
  return [{ title: name, head: ['figure', 'seen', 'aim'], rows: single.map(([key, value]) => [key, value, aims[key] ?? '']) }, ...several.map(([title, rows]) => tableOf(title, rows))];
}

function tableOf(title: string, figures: object): Table {
  const rows = Object.entries(figures) as Array<[string, Figure | Readonly<Record<string, Figure>>]>;
  const columns = rows[0] && typeof rows[0][1] === 'object' ? Object.keys(rows[0][1]) : ['seen'];
  const isOrdered = Array.isArray(figures);
  return { title, head: isOrdered ? columns : [title, ...columns], rows: rows.map(([key, row]) => [...(isOrdered ? [] : [key]), ...(typeof row === 'object' ? Object.values(row) : [row])]) };
}

function markdown(head: readonly string[], rows: Table['rows']): string {
  const line = (cells: readonly Figure[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)].join('\n');
}
