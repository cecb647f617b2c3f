// `npm run readiness`: runs the evidence behind the production-readiness report, keeps the last result of every line in
// docs/generated/readiness.json and renders docs/PRODUCTION-READINESS.md from it. `npm run check:readiness` for each change.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { treeFiles } from '../../dev/kept-results.mjs';
import { endAll, gather, LOGS } from './gather';
import { inputHash, type Line } from './line';
import { counts, documentFile, duration, render, type Recorded } from './render';
import { exitStatus, gaps, measured, regressions, remembered, type Standing } from './standing.rules';
import { lines } from './table';

const root = resolve(__dirname, '..', '..', '..');
const recordFile = 'docs/generated/readiness.json';
/** The quick run is done in five minutes: nothing new begins after this. */
const QUICK_MS = 270_000;
const usage = `npm run readiness [-- options]
  --quick        only the lines that are measured for each change; the others stand as recorded; writes nothing
  --write        with --quick: without its limit of five minutes, and writes the record and the document
  --only NAME    a pillar or a line, may be repeated: the rest stands as recorded
  --stale        only lines whose recorded result is absent, old or of other files
  --render       write the document anew from the record
What each command said is in ${LOGS}, while it runs too.`;

const flag = { type: 'boolean', default: false } as const;
const { values: options } = parseArgs({ options: { quick: flag, write: flag, stale: flag, render: flag, help: flag, only: { type: 'string', multiple: true, default: [] } } });

const readRecord = (): Recorded => JSON.parse(readFileSync(join(root, recordFile), 'utf8')) as Recorded;
const writeDocument = (): void => writeFileSync(join(root, documentFile), render(readRecord()));

function asked(): Line[] {
  const isNamed = ({ id }: Line, name: string): boolean => id === name || id.startsWith(`${name}/`);
  const unknown = options.only.filter((name) => !lines.some((line) => isNamed(line, name)));
  if (unknown.length > 0) throw new Error(`There is no pillar or line ${unknown.join(', ')}.`);
  return lines.filter((line) => options.only.length === 0 || options.only.some((name) => isNamed(line, name)));
}

async function measure(): Promise<number> {
  const files = treeFiles(root);
  const before = readRecord();
  const commit = commitOf();
  const begun = new Date();
  const keeps = options.write || !options.quick;
  const standings = new Map<string, Standing>();
  const recall = (line: Line, leftOut = '', record = before): Standing =>
    remembered(line, { result: record.results[line.id], shown: record.shown[line.id] }, { at: begun, inputs: inputHash(line, files) }, leftOut);
  const wanted = asked().filter((line) => !options.stale || recall(line).why !== '' || recall(line).status !== 'GREEN');

  await gather(wanted.filter(({ run, evidence }) => !options.quick || run === 'quick' || evidence.kind === 'tests'), {
    root, files, quick: options.quick, until: options.quick && !options.write ? begun.getTime() + QUICK_MS : Infinity,
    tookBefore: ({ id }) => before.results[id]?.seconds ?? 60,
    done: (line, { measured: isMeasured, ...verdict }, seconds, at) => {
      const [load = 0] = loadavg();
      const busy = load > 2 * availableParallelism() ? { load: Math.round(load) } : {};
      const here = { at: `${at.toISOString().slice(0, 16)}Z`, commit, inputs: inputHash(line, files), machine: thisMachine()[0], seconds, ...busy };
      const standing = isMeasured ? measured(line, { ...verdict, ...here }) : recall(line, verdict.why);
      standings.set(line.id, standing);
      console.log(`${standing.status.padEnd(7)}${line.id.padEnd(34)}${(isMeasured ? duration(seconds) : '-').padStart(7)}  ${[standing.result?.figure, standing.why].filter(Boolean).join(' — ')}`);
      // A long run that is interrupted has kept what it learnt.
      if (keeps) keep([...standings.values()], commit);
    },
  });

  const all = asked().map((line) => standings.get(line.id) ?? recall(line));
  if (keeps) {
    // What was not asked for is recalled too: the document shows where everything stands now.
    const latest = readRecord();
    keep(lines.map((line) => standings.get(line.id) ?? recall(line, '', latest)), commit);
    writeDocument();
  }
  return conclude(all, before, Date.now() - begun.getTime());
}

/** Over what stands in the record by now: another run may have measured other lines meanwhile. Lines that are no more are dropped. */
function keep(standings: readonly Standing[], commit: string): void {
  const before = readRecord();
  const [machine, described] = thisMachine();
  const of = (id: string): Standing | undefined => standings.find(({ line }) => line.id === id);
  const each = <Value>(valueOf: (id: string) => Value | undefined): Record<string, Value> =>
    Object.fromEntries(lines.flatMap(({ id }) => { const value = valueOf(id); return value === undefined ? [] : [[id, value]]; }));
  const results = each((id) => of(id)?.now ?? before.results[id]);
  const shown = each((id) => { const now = of(id); return now ? { status: now.status, why: now.why } : before.shown[id]; });
  const used = new Set(Object.values(results).map((one) => one.machine));
  const machines = Object.fromEntries(Object.entries({ ...before.machines, [machine]: described }).filter(([key]) => used.has(key)).sort());
  const record: Recorded = { writtenAt: `${new Date().toISOString().slice(0, 16)}Z`, commit, machines, results, shown };
  writeFileSync(join(root, recordFile), `${JSON.stringify(record, null, 1)}\n`);
}

/** Says what is wrong. The last line is one that .ci/run adds up: lines that were measured, and what made the run fail. */
function conclude(all: readonly Standing[], before: Recorded, milliseconds: number): number {
  const drifted = !existsSync(join(root, documentFile)) || readFileSync(join(root, documentFile), 'utf8') !== render(readRecord());
  const worse = regressions(all, before.results);
  const status = exitStatus(all, before.results, drifted, options.quick);
  console.log(`\n${counts(all)}`);
  gaps(all).slice(0, 12).forEach(({ status: colour, why, line }) => console.log(`  ${colour.padEnd(7)}${line.id.padEnd(34)}${line.later ? `later: ${line.later}` : why}`));
  worse.forEach(({ line, why }) => console.log(`  worse than recorded: ${line.id}: ${why}`));
  if (drifted) console.log(`  ${documentFile} is not what its record says: npm run readiness -- --render`);
  const count = all.filter(({ now }) => now !== undefined).length;
  const failed = status === 0 ? 0 : Math.max(worse.length, 1);
  console.log(`readiness: ${count} lines measured in ${duration(milliseconds / 1000)}: ${Math.max(count - failed, 0)} passed, ${failed} failed`);
  return status;
}

/** A short name for this kind of machine, and what it is. */
function thisMachine(): readonly [name: string, described: string] {
  const [cores, memory] = [availableParallelism(), Math.round(totalmem() / 2 ** 30)];
  const described = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cores} cores, ${memory} GiB, ${system()} ${release().split('-')[0] ?? ''}, Node ${process.versions.node}`;
  return [`${cores}×${memory}G-node${process.versions.node.split('.')[0] ?? ''}`, described];
}

function commitOf(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain', '--', '.', `:!${recordFile}`, `:!${documentFile}`).length > 0;
    return `${git('rev-parse', '--short=8', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'none'; // a source archive has no history
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endAll();
    process.exit(1);
  });
}
if (options.help) console.log(usage);
else if (options.render) writeDocument();
else measure().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
