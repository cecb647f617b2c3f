// `npm run readiness`: runs the evidence behind the production-readiness report and writes docs/PRODUCTION-READINESS.md.
// For a release; `-- --quick` (`npm run check:readiness`) for each change. `-- --help` names the options.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { treeFiles, treeHash } from '../../dev/kept-results.cjs';
import { gather, LOGS, type Gathered } from './gather';
import { commandOf, inputHash } from './line';
import { plantFaults } from './plant';
import { commitOf, foreignLoad, merged, readRecord, thisMachine, writeRecord } from './record';
import { counts, documentFile, duration, render } from './render';
import { endAll } from './run-command';
import { exitStatus, gaps, measured, regressions, remembered, type Standing } from './standing.rules';
import { entries, type Entry } from './table';

const root = resolve(__dirname, '..', '..', '..');
/** The quick run is done in five minutes: nothing new begins after this. */
const QUICK_MS = 270_000;
const usage = `npm run readiness [-- options]
  --quick        only the lines that are measured for each change; the others stand as recorded; writes nothing
  --patient      with --quick: without its limit of five minutes
  --write        with --quick: write the record and the document
  --only NAME    a pillar or a line, may be repeated: the rest stands as recorded
  --stale        only lines whose recorded result is absent, old or of other files
  --strict       exit status 1 for everything that is not GREEN
  --list         name the lines and their commands
  --render       write the document anew from the record
  --plant [NAME] break a copy of the checkout, one fault after the other; each must turn its line RED
  --json         print the standings as JSON
What each command said is in ${LOGS}, while it runs too.`;

const { values: options, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, patient: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] },
    stale: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false }, list: { type: 'boolean', default: false }, render: { type: 'boolean', default: false },
    plant: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

async function main(): Promise<number> {
  if (options.help) return say(usage);
  if (options.list) return say(entries.map(({ id, line }) => `${id.padEnd(34)} ${line.run.padEnd(6)} ${commandOf(id, line.evidence)}`).join('\n'));
  if (options.render) return writeDocument();
  if (options.plant) return plantFaults(root, positionals);
  return measure(chosen());
}

function chosen(): Entry[] {
  const unknown = options.only.filter((name) => !entries.some((entry) => isChosen(entry, name)));
  if (unknown.length > 0) throw new Error(`There is no pillar or line ${unknown.join(', ')}; see --list.`);
  return entries.filter((entry) => options.only.length === 0 || options.only.some((name) => isChosen(entry, name)));
}

const isChosen = ({ id, pillar }: Entry, name: string): boolean => id === name || pillar.name === name;

async function measure(asked: readonly Entry[]): Promise<number> {
  const files = treeFiles(root);
  const inputs = new Map(entries.map(({ id, line }) => [id, inputHash(line, files)]));
  const before = readRecord(root);
  const commit = commitOf(root);
  const [machine] = thisMachine();
  const standings = new Map<string, Standing>();
  const begun = new Date();
  const recall = ({ id, line }: Entry, leftOut = '', record = before): Standing => remembered(id, line, { result: record.results[id], shown: record.shown[id] }, { at: begun, inputs: inputs.get(id) ?? '' }, leftOut);
  const wanted = asked.filter((entry) => !options.stale || recall(entry).why !== '' || recall(entry).status !== 'GREEN');
  const keeps = options.write || !options.quick;

  const done = ({ entry, verdict, seconds, at }: Gathered): void => {
    const { id, line } = entry;
    const load = foreignLoad();
    const here = { at, commit, machine, inputs: inputs.get(id) ?? '', ...(load === undefined ? {} : { load }) };
    const standing = verdict.measured ? measured(id, line, verdict, here, seconds) : recall(entry, verdict.why);
    standings.set(id, standing);
    progress(standing);
    // A long run that is interrupted has kept what it learnt.
    if (keeps) keep([...standings.values()], commit);
  };
  await gather(wanted.filter(({ line }) => !options.quick || line.run === 'quick' || line.evidence.kind === 'tests'), {
    root, tree: treeHash(files), quick: options.quick, tookBefore: (id) => before.results[id]?.seconds ?? 60, until: options.quick && !options.patient ? begun.getTime() + QUICK_MS : Infinity, done,
  });

  const all = asked.map((entry) => standings.get(entry.id) ?? recall(entry));
  if (keeps) {
    // What was not asked for is recalled too: the document shows where everything stands now.
    const latest = readRecord(root);
    keep(entries.map((entry) => standings.get(entry.id) ?? recall(entry, '', latest)), commit);
    writeDocument();
  }
  const drifted = documentDrifts();
  conclude(all, regressions(all, before.results), drifted);
  const status = exitStatus(all, before.results, drifted, options);
  if (!options.json) summarise(all, status, (Date.now() - begun.getTime()) / 1000, regressions(all, before.results).length);
  return status;
}

/** Over what stands there now: another run may have measured other lines meanwhile. */
function keep(standings: readonly Standing[], commit: string): void {
  writeRecord(root, merged(readRecord(root), standings, entries.map(({ id }) => id), new Date(), commit));
}

function writeDocument(): number {
  writeFileSync(join(root, documentFile), render(readRecord(root)));
  return 0;
}

function documentDrifts(): boolean {
  return !existsSync(join(root, documentFile)) || readFileSync(join(root, documentFile), 'utf8') !== render(readRecord(root));
}

function progress({ id, status, figure, why, now }: Standing): void {
  if (!options.json) console.log(`${status.padEnd(7)}${id.padEnd(34)}${now ? duration(now.seconds).padStart(7) : '      -'}  ${[figure, why].filter(Boolean).join(' — ')}`);
}

function conclude(all: readonly Standing[], worse: readonly Standing[], drifted: boolean): void {
  if (options.json) return void say(JSON.stringify(all.map(({ id, status, figure, why, now }) => ({ id, status, figure, why, measured: now !== undefined }))));
  console.log(`\n${counts(all)}`);
  gaps(all).slice(0, 12).forEach(({ id, status, why, line }) => console.log(`  ${status.padEnd(7)}${id.padEnd(34)}${line.later ? `later: ${line.later}` : why}`));
  worse.forEach(({ id, why }) => console.log(`  worse than recorded: ${id}: ${why}`));
  if (drifted) console.log(`  ${documentFile} is not what its record says: npm run readiness -- --render`);
  all.filter(({ line, now }) => line.later !== undefined && now?.status === 'GREEN').forEach(({ id }) => console.log(`  ${id} is GREEN: it is no longer to be declared as later`));
}

/** The last line is one that .ci/run adds up: lines that were measured, and what made the run fail. */
function summarise(all: readonly Standing[], status: number, seconds: number, worse: number): void {
  const asked = all.filter(({ now }) => now !== undefined).length;
  const failed = status === 0 ? 0 : Math.max(worse, 1);
  console.log(`readiness: ${asked} lines measured in ${duration(seconds)}: ${asked - Math.min(asked, failed)} passed, ${failed} failed`);
}

function say(text: string): number {
  console.log(text);
  return 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endAll();
    process.exit(1);
  });
}
main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
