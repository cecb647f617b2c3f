// How every benchmark ends: a table for people, docs/BENCHMARKS.md brought up to date, and one line of JSON for programs.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { join } from 'node:path';
import { conclude, table } from '../../tools/check/report';
import { root } from '../product/program';

const kept = join(root, 'docs', 'generated', 'benchmarks.json');
const page = join(root, 'docs', 'BENCHMARKS.md');

interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface Outcome {
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

function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${system()} ${release().split('-')[0] ?? ''}`,
    node: process.version,
    /** Of the last minute when the benchmark ended. */
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

interface Kept extends Outcome {
  readonly measuredAt: string;
  readonly machine: ReturnType<typeof machine>;
  readonly options: string;
}

/** Prints and keeps. `--no-keep` on the command line leaves the documents alone: for runs that only try something. */
export function report(outcome: Outcome): void {
  const { name, figures, aims, met, tables, notes } = outcome;
  const here = machine();
  for (const { title, columns, rows } of tables) console.log(`\n${title}\n${table(columns, rows)}`);
  for (const line of [...notes, machineLine(here)]) console.log(`\n${line}`);
  if (!process.argv.includes('--no-keep')) keep({ ...outcome, measuredAt: new Date().toISOString().slice(0, 10), machine: here, options: process.argv.slice(2).join(' ') });
  conclude({ name, figures, aims, met });
  process.exitCode = 0; // an aim that is missed is a figure, not a failure
}

function keep(outcome: Kept): void {
  const all: Record<string, Kept> = { ...(JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Kept>), [outcome.name]: outcome };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(kept, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(page, pageOf(Object.values(sorted)));
}

function pageOf(all: readonly Kept[]): string {
  const parts = all.flatMap((one) => [
    `## \`npm run bench:${one.name}\``,
    one.about,
    `${one.met ? 'Aims met.' : '**An aim is missed.**'} Measured ${one.measuredAt}${one.options ? ` with \`${one.options}\`` : ''} on ${machineLine(one.machine)}.`,
    ...one.tables.flatMap((each) => [`### ${each.title}`, markdown(each)]),
    ...one.notes,
  ]);
  return [
    '# Benchmarks',
    'Written by the benchmarks themselves from their last results, which are kept in `docs/generated/benchmarks.json`.',
    'What the platform and the search cost are ratios within one run: variants take turns round by round, each figure is CPU time ' +
      'of the server’s process, and the tenth percentile of many short rounds counts. Absolute aims are scaled by a calibration loop of the same run ' +
      'where the machine is slower than the one they were set on.',
    ...parts,
  ].join('\n\n').concat('\n');
}

function machineLine({ cpu, cores, memoryGiB, kernel, node, load }: Kept['machine']): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}, Node ${node.slice(1)}, load average ${load}`;
}

function markdown({ columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), `|${columns.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)].join('\n');
}
