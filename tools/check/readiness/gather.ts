// Gets the evidence for lines: from what `npm test` and `npm run check` kept for this very tree, else by running it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptResults, type KeptTests } from '../../dev/kept-results.cjs';
import { absent, areEnough, isOf, judgeCommand, judgeInspection, judgeTests, leftOut, type Verdict } from './judge.rules';
import { commandOf, sizesOf, type CommandEvidence, type TestsEvidence } from './line';
import { lacking } from './needs';
import { runCommand } from './run-command';
import type { Entry } from './table';

export interface Gathered {
  readonly entry: Entry;
  readonly verdict: Verdict;
  readonly seconds: number;
  /** When the evidence was made: earlier than now where it was kept. */
  readonly at: Date;
}

export interface Gathering {
  readonly root: string;
  /** Hash of the whole tree, by which results are kept. */
  readonly tree: string | undefined;
  /** Nothing new begins after this moment. */
  readonly until: number;
  /** Of a release only: in a quick run their tests count where they were kept, and are not run. */
  readonly quick: boolean;
  /** What a line took the last time: in a quick run the shortest come first. */
  readonly tookBefore: (id: string) => number;
  readonly done: (gathered: Gathered) => void;
}

type Job = () => Promise<void>;

/** What a command that began in time may still take. */
const LAST_MS = 25_000;
const TESTS_MS = 30 * 60_000;
/** What each command said the last time: whoever reads RED in the morning wants to know what it saw. */
export const LOGS = 'node_modules/.cache/muster/readiness';

export async function gather(entries: readonly Entry[], gathering: Gathering): Promise<void> {
  inspect(entries, gathering);
  const tests = testJobs(entries, gathering);
  const commands = commandJobs(entries, gathering);
  const work = async (...queues: Job[][]): Promise<void> => {
    for (const queue of queues) for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  // Two lanes help each other out, and no two runs of Jest stand in each other's way while there are commands.
  await (gathering.quick ? Promise.all([work(tests, commands), work(commands, tests)]) : work(tests, commands));
}

function inspect(entries: readonly Entry[], { root, done }: Gathering): void {
  for (const entry of entries) {
    const { evidence } = entry.line;
    if (evidence.kind === 'inspection') done({ entry, verdict: judgeInspection(evidence.look(root)), seconds: 0, at: new Date() });
  }
}

/** One run of each script, however many lines read it. */
function commandJobs(entries: readonly Entry[], gathering: Gathering): Job[] {
  const byCommand = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { evidence } = entry.line;
    if (evidence.kind !== 'command') continue;
    const key = commandOf('', evidence);
    byCommand.set(key, [...(byCommand.get(key) ?? []), entry]);
  }
  const groups = [...byCommand.values()];
  const took = (group: readonly Entry[]): number => Math.max(...group.map(({ id }) => gathering.tookBefore(id)));
  if (gathering.quick) groups.sort((a, b) => took(a) - took(b));
  return groups.map((group) => () => command(group, gathering));
}

async function command(group: readonly Entry[], gathering: Gathering): Promise<void> {
  const evidences = group.map(({ line }) => line.evidence as CommandEvidence);
  const [{ script, workspace, arguments: words }] = evidences as [CommandEvidence];
  const each = (verdictOf: (evidence: CommandEvidence) => Verdict, seconds: number, at: Date): void =>
    group.forEach((entry, index) => gathering.done({ entry, verdict: verdictOf(evidences[index]!), seconds, at }));

  const missing = missingScript(join(gathering.root, workspace ?? ''), script);
  if (missing) return each(() => absent(missing), 0, new Date());
  const lacks = lacking(evidences.flatMap(({ needs }) => needs));
  if (lacks) return each(() => leftOut(`left out here: no ${lacks.replace('tool:', '')}`), 0, new Date());
  const kept = words.length === 0 && !workspace ? keptResults('checks', gathering.tree)[script.replace(/^check:/, '')] : undefined;
  if (kept) return each((evidence) => judgeCommand(evidence, { exit: kept.passed ? 0 : 1, output: kept.output }), kept.seconds, new Date(kept.at));
  const left = gathering.until - Date.now();
  if (left <= 0) return each(() => leftOut('left out: no time was left'), 0, new Date());

  const started = Date.now();
  const limit = Math.max(...evidences.map(({ minutes }) => minutes)) * 60_000;
  const call: [string, ...string[]] = ['npm', 'run', '--silent', script, ...(workspace ? ['-w', workspace] : []), ...(words.length > 0 ? ['--', ...words] : [])];
  const log = join(gathering.root, LOGS, `${[workspace, script, ...words].filter(Boolean).join(' ').replace(/[^\w.]+/g, '-')}.log`);
  const run = await runCommand(call, { cwd: gathering.root, milliseconds: Math.min(limit, left + LAST_MS), log });
  if (run.exit === 'timeout' && left + LAST_MS < limit) return each(() => leftOut('left out: no time was left'), 0, new Date());
  each((evidence) => judgeCommand(evidence, run), Math.round((Date.now() - started) / 1000), new Date());
}

/** A script that package.json has not, or whose program is not there: evidence that does not exist. */
function missingScript(root: string, script: string): string | undefined {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const text = scripts[script];
  if (text === undefined) return `there is no script ${script}`;
  const program = /(?:^|\s)(tools\/\S+\.(?:ts|mjs|cjs))(?=\s|$)/g;
  const absentFile = [...text.matchAll(program)].map(([, file]) => file ?? '').find((file) => !existsSync(join(root, file)));
  return absentFile ? `${absentFile} is not there` : undefined;
}

/** Tests whose results were kept for this tree are not run again; the others by pillar, so that what is done in time counts. */
function testJobs(entries: readonly Entry[], gathering: Gathering): Job[] {
  const known: Record<string, KeptTests> = { ...keptResults('tests', gathering.tree) };
  const open = new Set(entries.filter(({ line }) => line.evidence.kind === 'tests'));
  const close = (entry: Entry, verdict: Verdict): void => {
    const own = filesOf(entry, known).map((file) => known[file]!);
    const latest = own.map(({ at }) => at).sort().at(-1);
    open.delete(entry);
    gathering.done({ entry, verdict, seconds: Math.round(own.reduce((sum, one) => sum + one.seconds, 0)), at: latest ? new Date(latest) : new Date() });
  };
  const closeKnown = (): void => [...open].filter((entry) => areEnough(evidenceOf(entry), known)).forEach((entry) => close(entry, judgeTests(evidenceOf(entry), known)));

  closeKnown();
  for (const entry of open) {
    const lacks = lacking(evidenceOf(entry).needs);
    if (lacks) close(entry, leftOut(`left out here: no ${lacks}`));
    else if (gathering.quick && entry.line.run === 'full') open.delete(entry); // it counts where it was kept, and is not run
  }
  return batches([...open]).map((batch) => async () => {
    const still = batch.filter((entry) => open.has(entry));
    const files = [...new Set(still.flatMap((entry) => evidenceOf(entry).files))].filter((file) => !(file in known));
    const left = gathering.until - Date.now();
    if (left > 0 && files.length > 0) {
      const ran = await runTests(gathering.root, files, Math.min(left + LAST_MS, TESTS_MS));
      if (ran) Object.assign(known, ran);
      closeKnown();
      if (ran) still.filter((entry) => open.has(entry)).forEach((entry) => close(entry, judgeTests(evidenceOf(entry), known)));
    }
    still.filter((entry) => open.has(entry)).forEach((entry) => close(entry, leftOut('left out: no time was left')));
  });
}

const evidenceOf = ({ line }: Entry): TestsEvidence => line.evidence as TestsEvidence;
const filesOf = (entry: Entry, known: object): string[] => Object.keys(known).filter((file) => evidenceOf(entry).files.some((one) => isOf(file, one)));

/** All unit tests in one run, for they are quick; the others pillar by pillar. */
function batches(entries: readonly Entry[]): Entry[][] {
  const isUnit = (entry: Entry): boolean => sizesOf(evidenceOf(entry).files).join() === 'spec';
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = isUnit(entry) ? 'unit' : entry.pillar.name;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups].sort(([a], [b]) => Number(b === 'unit') - Number(a === 'unit')).map(([, group]) => group);
}

/** @returns undefined when the time was over */
async function runTests(root: string, files: readonly string[], milliseconds: number): Promise<Record<string, KeptTests> | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-readiness-'));
  const results = join(folder, 'results.json');
  // Jest takes a filter for a regular expression over paths.
  const filters = files.map((file) => (/^[./]/.test(file) ? `${file}$` : file.endsWith('.ts') ? `/${file}$` : `/${file}/`).replaceAll('.', '\\.'));
  try {
    const { exit } = await runCommand(['node', 'tools/dev/test.mjs', ...sizesOf(files), ...filters], { cwd: root, milliseconds, env: { MUSTER_KEEP_RESULTS: results } });
    if (exit === 'timeout') return undefined;
    return existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, KeptTests>) : {};
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
