// Gets the evidence for lines: from what `npm test` and `npm run check` kept for this very tree, else by running it.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from '../../dev/find-tool.mjs';
import { keptResults, treeHash, type KeptTests, type TreeFiles } from '../../dev/kept-results.mjs';
import { areEnough, filesOf, judgeCommand, judgeTests, leftOut, red, type Verdict } from './judge.rules';
import { commandOf, sizesOf, type CommandEvidence, type Line, type TestsEvidence } from './line';

/** @param at when the evidence was made: earlier than now where it was kept */
type Done = (line: Line, verdict: Verdict, seconds: number, at: Date) => void;

export interface Gathering {
  readonly root: string;
  readonly files: TreeFiles | undefined;
  /** Nothing new begins after this moment. */
  readonly until: number;
  /** In a quick run the tests of a release count where they were kept, and the shortest commands come first. */
  readonly quick: boolean;
  readonly tookBefore: (line: Line) => number;
  readonly done: Done;
}

type LineOf<Evidence> = Line & { readonly evidence: Evidence };
/** What a command that began in time may still take. */
const LAST_MS = 25_000;
const TESTS_MS = 30 * 60_000;
/** What each command said the last time: whoever reads RED in the morning wants to know what it saw. */
export const LOGS = 'node_modules/.cache/muster/readiness';
const noTime = leftOut('left out: no time was left');

export async function gather(lines: readonly Line[], gathering: Gathering): Promise<void> {
  const jobs = [...testJobs(lines.filter((line): line is LineOf<TestsEvidence> => line.evidence.kind === 'tests'), gathering), ...commandJobs(lines, gathering)];
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all(gathering.quick ? [work(), work()] : [work()]);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** One run of each script, however many lines read it. */
function commandJobs(lines: readonly Line[], gathering: Gathering): Array<() => Promise<void>> {
  const groups = groupBy(lines.filter((line): line is LineOf<CommandEvidence> => line.evidence.kind === 'command'), commandOf);
  const took = (group: readonly Line[]): number => Math.max(...group.map(gathering.tookBefore));
  return (gathering.quick ? groups.sort((a, b) => took(a) - took(b)) : groups).map((group) => () => command(group, gathering));
}

async function command(group: ReadonlyArray<LineOf<CommandEvidence>>, { root, files, until, done }: Gathering): Promise<void> {
  const [{ evidence: { script, workspace, arguments: words } }] = group as [LineOf<CommandEvidence>];
  const each = (verdictOf: (evidence: CommandEvidence) => Verdict, seconds = 0, at = new Date()): void => group.forEach((line) => done(line, verdictOf(line.evidence), seconds, at));
  const { scripts } = JSON.parse(readFileSync(join(root, workspace ?? '', 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  if (!(script in scripts)) return each(() => red('', `there is no script ${script}`));
  const lacks = lacking(group);
  if (lacks) return each(() => leftOut(`left out here: no ${lacks}`));
  const kept = words.length === 0 && !workspace ? keptResults('checks', treeHash(files))[script.replace(/^check:/, '')] : undefined;
  if (kept) return each((evidence) => judgeCommand(evidence, { exit: kept.passed ? 0 : 1, output: kept.output }), kept.seconds, new Date(kept.at));
  const left = until - Date.now();
  if (left <= 0) return each(() => noTime);

  const started = Date.now();
  const limit = Math.max(...group.map(({ evidence }) => evidence.minutes)) * 60_000;
  const call = ['npm', 'run', '--silent', script, ...(workspace ? ['-w', workspace] : []), ...(words.length > 0 ? ['--', ...words] : [])];
  const run = await runCommand(call, root, Math.min(limit, left + LAST_MS), [workspace, script, ...words].filter(Boolean).join(' '));
  if (run.exit === 'timeout' && left + LAST_MS < limit) return each(() => noTime);
  each((evidence) => judgeCommand(evidence, run), Math.round((Date.now() - started) / 1000));
}

/** Tests whose results were kept for this tree are not run again; the others by pillar, so that what is done in time counts. */
function testJobs(lines: ReadonlyArray<LineOf<TestsEvidence>>, { root, files: tree, until, quick, done }: Gathering): Array<() => Promise<void>> {
  const known: Record<string, KeptTests> = { ...keptResults('tests', treeHash(tree)) };
  const open = new Set(lines);
  const close = (line: LineOf<TestsEvidence>, verdict: Verdict): void => {
    const own = filesOf(line.evidence, known).flatMap((file) => known[file] ?? []);
    const latest = own.map(({ at }) => at).sort().at(-1);
    open.delete(line);
    done(line, verdict, Math.round(own.reduce((sum, one) => sum + one.seconds, 0)), latest ? new Date(latest) : new Date());
  };
  const closeKnown = (): void => [...open].filter(({ evidence }) => areEnough(evidence, known)).forEach((line) => close(line, judgeTests(line.evidence, known)));
  closeKnown();
  for (const line of open) {
    const lacks = lacking([line]);
    if (lacks) close(line, leftOut(`left out here: no ${lacks}`));
    else if (quick && line.run === 'full') open.delete(line);
  }
  return groupBy([...open], ({ id }) => id.split('/')[0] ?? '').map((batch) => async () => {
    const still = batch.filter((line) => open.has(line));
    const files = [...new Set(still.flatMap(({ evidence }) => evidence.files))].filter((file) => !(file in known));
    const left = until - Date.now();
    const ran = left > 0 && files.length > 0 ? await runTests(root, files, Math.min(left + LAST_MS, TESTS_MS)) : undefined;
    Object.assign(known, ran);
    closeKnown();
    for (const line of still.filter((one) => open.has(one))) close(line, ran ? judgeTests(line.evidence, known) : noTime);
  });
}

/** @returns undefined when the time was over */
async function runTests(root: string, files: readonly string[], milliseconds: number): Promise<Record<string, KeptTests> | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-readiness-'));
  const results = join(folder, 'results.json');
  // Jest takes a filter for a regular expression over paths.
  const filters = files.map((file) => (/^[./]/.test(file) ? `${file}$` : file.endsWith('.ts') ? `/${file}$` : `/${file}/`).replaceAll('.', '\\.'));
  try {
    const { exit } = await runCommand(['node', 'tools/dev/test.mjs', ...sizesOf(files), ...filters], root, milliseconds, 'tests', { MUSTER_KEEP_RESULTS: results });
    if (exit === 'timeout') return undefined;
    return existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, KeptTests>) : {};
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const known = new Map<string, boolean>();
/** The first thing that one of the lines needs and this machine has not. */
function lacking(lines: ReadonlyArray<LineOf<CommandEvidence | TestsEvidence>>): string | undefined {
  const answers = (program: string, ...args: string[]): boolean => spawnSync(findTool(program) ?? program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
  return lines.flatMap(({ evidence }) => evidence.needs).find((need) => {
    const isHere = known.get(need) ?? (need === 'docker' ? answers('docker', 'info') : need === 'cluster' ? answers('kubectl', 'get', '--raw', '/readyz') : findTool(need) !== undefined);
    known.set(need, isHere);
    return !isHere;
  });
}

const KEPT_CHARACTERS = 200_000;
const running = new Set<number>();
/** Ends whole groups: the children of npm end too. */
export function endAll(groups: Iterable<number> = running, signal: NodeJS.Signals = 'SIGTERM'): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Runs a command with a time limit, in a group of its own; all that it says goes to a file while it says it. */
function runCommand([program = '', ...words]: readonly string[], cwd: string, milliseconds: number, name: string, env = {}): Promise<{ exit: number | 'timeout'; output: string }> {
  mkdirSync(join(cwd, LOGS), { recursive: true });
  const log = createWriteStream(join(cwd, LOGS, `${name.replace(/[^\w.]+/g, '-')}.log`));
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd, detached: true, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const group = child.pid ?? 0;
    running.add(group);
    let output = '';
    let late = false;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-KEPT_CHARACTERS);
      log.write(data);
    });
    const limit = setTimeout(() => {
      late = true;
      endAll([group]);
      setTimeout(() => endAll([group], 'SIGKILL'), 15_000).unref();
    }, milliseconds);
    child.once('close', (code) => {
      clearTimeout(limit);
      log.end();
      running.delete(group);
      resolve({ exit: late ? 'timeout' : (code ?? 1), output });
    });
  });
}
