// How every benchmark ends: a table for people, docs/BENCHMARKS.md brought up to date, and one line of JSON for programs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { dirname, join } from 'node:path';
import { format } from 'node:util';

const docs = join(__dirname, '..', '..', 'docs');
const kept = join(docs, 'generated', 'benchmarks.json');
const page = join(docs, 'BENCHMARKS.md');

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Outcome {
  /** `bench:<name>` is the command. */
  readonly name: string;
  /** What the benchmark does, one sentence. */
  readonly about: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly aims: Readonly<Record<string, unknown>>;
  readonly met: boolean;
  readonly tables: readonly Table[];
  /** What a reader should know to trust the figures, or why an aim is missed. */
  readonly notes: readonly string[];
}

interface Kept extends Outcome {
  readonly measuredAt: string;
  readonly machine: Machine;
  readonly options: string;
}

interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  /** Of the last minute when the benchmark ended. */
  readonly load: number;
}

function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${system()} ${release().split('-')[0] ?? ''}`,
    node: process.version,
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

/** Prints and keeps. `--no-keep` on the command line leaves the documents alone: for runs that only try something. */
export function report(outcome: Outcome): void {
  const { name, figures, aims, met, tables, notes } = outcome;
  const here = machine();
  const options = process.argv.slice(2).filter((argument) => argument !== '--no-keep').join(' ');
  tables.forEach((table) => print(`\n${table.title}\n${plain(table)}`));
  notes.forEach((note) => print(`\n${note}`));
  print(`\n${machineLine(here)}`);
  if (!process.argv.includes('--no-keep')) keep({ ...outcome, measuredAt: new Date().toISOString().slice(0, 10), machine: here, options });
  print(JSON.stringify({ name, figures, aims, met }));
}

function keep(outcome: Kept): void {
  const all: Record<string, Kept> = { ...readKept(), [outcome.name]: outcome };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(page, pageOf(Object.values(sorted)));
}

function readKept(): Record<string, Kept> {
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Kept>;
  } catch {
    return {};
  }
}

function pageOf(all: readonly Kept[]): string {
  const parts = all.map((one) => [
    `## \`npm run bench:${one.name}\``,
    one.about,
    `${one.met ? 'Aims met.' : '**An aim is missed.**'} Measured ${one.measuredAt}${one.options ? ` with \`${one.options}\`` : ''} on ${machineLine(one.machine)}.`,
    ...one.tables.flatMap((table) => [`### ${table.title}`, markdown(table)]),
    ...one.notes,
  ].join('\n\n'));
  return [
    '# Benchmarks',
    'Written by the benchmarks themselves from their last results, which are kept in `docs/generated/benchmarks.json`.',
    'What the platform and the search cost are ratios within one run: variants take turns round by round, each figure is CPU time ' +
      'of the server’s process, and the tenth percentile of many short rounds counts. Absolute aims are scaled by a calibration loop of the same run ' +
      'where the machine is slower than the one they were set on.',
    ...parts,
  ].join('\n\n').concat('\n');
}

function machineLine({ cpu, cores, memoryGiB, kernel, node, load }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}, Node ${node.slice(1)}, load average ${load}`;
}

function markdown({ columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), `|${columns.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)].join('\n');
}

function plain({ columns, rows }: Table): string {
  const all = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')).join('\n');
}

function print(text: string): void {
  process.stdout.write(`${format('%s', text)}\n`);
}
