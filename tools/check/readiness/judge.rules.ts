// What a run of the evidence says, as a pure function of what it left: exit status, text, figures, tests.
import type { KeptTests } from '../../dev/kept-results.mjs';
import type { Aim, CommandEvidence, Status, TestsEvidence } from './line';

export interface Verdict {
  readonly status: Status;
  readonly figure: string;
  /** Why it is not GREEN. */
  readonly why: string;
  /** False where the evidence could not be had here, so that nothing was learnt. */
  readonly measured: boolean;
}

interface CommandRun {
  readonly exit: number | 'timeout';
  readonly output: string;
}

interface ProofLine {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly aims: Readonly<Record<string, unknown>>;
  readonly met: boolean;
}

const green = (figure: string): Verdict => ({ status: 'GREEN', figure, why: '', measured: true });
export const red = (figure: string, why: string): Verdict => ({ status: 'RED', figure, why, measured: true });
export const leftOut = (why: string): Verdict => ({ status: 'YELLOW', figure: '', why, measured: false });

export function judgeCommand(evidence: CommandEvidence, { exit, output }: CommandRun): Verdict {
  if (exit === 'timeout') return red('', `not done after ${evidence.minutes} min`);
  const unavailable = evidence.leavesOut?.exec(output);
  if (unavailable) return leftOut(`left out here: ${unavailable[0].slice(0, 100)}`);
  const line = proofLineOf(output);
  if (evidence.proof) return line ? judgeProof(evidence, line, exit) : red('', `exit status ${exit}, and no line of figures at the end`);
  const found = evidence.figure?.exec(output);
  const decides = evidence.part && found;
  const figure = found ? found[0].trim().replace(/\s+/g, ' ') : line ? shown(line, evidence) : '';
  if (exit !== 0 && !decides) return red(figure, `exit status ${exit}: ${lastWords(output)}`);
  const omitted = decides ? null : /^Left out, because .*$/m.exec(output);
  if (omitted) return leftOut(omitted[0]);
  if (evidence.figure && !found) return red('', `it printed no figure that looks like ${evidence.figure.source}`);
  const { least, most } = evidence;
  const bounds = { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
  if ((least ?? most) !== undefined && judgeAim({ figure: '', ...bounds }, found?.[1]) === 'missed') return red(figure, most === undefined ? `less than ${least}` : `more than ${most}`);
  return green(figure || 'clean');
}

function judgeProof(evidence: CommandEvidence, line: ProofLine, exit: number): Verdict {
  const figure = shown(line, evidence);
  if (evidence.aims.length === 0) return line.met && exit === 0 ? green(figure) : red(figure, `aims not met: ${JSON.stringify(line.aims).slice(0, 160)}`);
  const missed = evidence.aims.map((aim) => ({ aim, how: judgeAim(aim, at(line.figures, aim.figure)) })).filter(({ how }) => how !== 'met');
  if (missed.length === 0) return green(figure);
  const why = missed.map(({ aim }) => `${aim.figure} should be ${aim.most !== undefined ? `≤ ${aim.most}` : `≥ ${aim.least}`}`).join('; ');
  return missed.every(({ how }) => how === 'nearly') ? { ...red(figure, why), status: 'YELLOW' } : red(figure, why);
}

/** A value that is no number misses every aim. */
export function judgeAim({ most, least, tolerance = 0 }: Aim, value: unknown): 'met' | 'nearly' | 'missed' {
  const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
  const within = (share: number) => (most === undefined || number <= most * (1 + share)) && (least === undefined || number >= least * (1 - share));
  if (Number.isNaN(number)) return 'missed';
  return within(0) ? 'met' : within(tolerance) ? 'nearly' : 'missed';
}

/** The last line that is the JSON of a proof. */
function proofLineOf(output: string): ProofLine | undefined {
  for (const line of output.trimEnd().split('\n').reverse().filter((one) => one.startsWith('{'))) {
    try {
      const value = JSON.parse(line) as Partial<ProofLine>;
      if (typeof value.figures === 'object' && typeof value.met === 'boolean') return { aims: {}, ...value } as ProofLine;
    } catch {
      // Not JSON: some other line that begins with a brace.
    }
  }
  return undefined;
}

type Results = Readonly<Record<string, KeptTests>>;

export function judgeTests(evidence: TestsEvidence, results: Results): Verdict {
  const files = filesOf(evidence, results);
  const all = testsOf(evidence, results);
  const count = (status: string) => all.filter(([, one]) => one === status).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('pending')];
  const figure = `${passed} test${passed === 1 ? '' : 's'}`;
  const broken = files.find((file) => results[file]?.broken !== undefined);
  if (broken) return red(figure, `${broken} could not run`);
  const missing = absentFile(evidence, results);
  if (missing) return red(figure, `${missing} did not run`);
  if (failed > 0) return red(`${figure}, ${failed} failed`, `failed: ${all.find(([, status]) => status === 'failed')?.[0] ?? ''}`);
  if (passed >= evidence.least) return skipped > 0 ? { ...red(`${figure}, ${skipped} left out`, 'some were left out on this machine'), status: 'YELLOW' } : green(figure);
  if (passed + skipped >= evidence.least) return leftOut(`${skipped} of them were left out on this machine`);
  return red(figure, `at least ${evidence.least} should have run`);
}

/** @returns whether these results decide the line: each file that it names, or as many tests as it asks for where it names no files */
export function areEnough(evidence: TestsEvidence, results: Results): boolean {
  if (absentFile(evidence, results)) return false;
  return evidence.files.every(isExact) || testsOf(evidence, results).length >= evidence.least || filesOf(evidence, results).some((file) => results[file]?.broken !== undefined);
}

const isExact = (named: string): boolean => named.endsWith('.ts') && !/^[./]/.test(named);
const absentFile = ({ files }: TestsEvidence, results: object): string | undefined => files.find((file) => isExact(file) && !(file in results));
const testsOf = (evidence: TestsEvidence, results: Results) =>
  filesOf(evidence, results).flatMap((file) => results[file]?.tests ?? []).filter(([name]) => !evidence.names || evidence.names.test(name));

/** The files among the results that the evidence names: by their path, their folder, or the end of their path. */
export function filesOf({ files }: TestsEvidence, results: object): string[] {
  return Object.keys(results).filter((file) => files.some((named) => file === named || file.startsWith(`${named}/`) || (/^[./]/.test(named) && file.endsWith(named))));
}

function shown({ figures }: ProofLine, { aims, shows }: CommandEvidence): string {
  const wanted = [...aims.map(({ figure }) => figure), ...shows];
  const text = (value: unknown) => (value === undefined ? '?' : typeof value === 'object' ? JSON.stringify(value).slice(0, 60) : String(value));
  return [...new Set(wanted.length > 0 ? wanted : Object.keys(figures).slice(0, 4))].map((name) => `${name} ${text(at(figures, name))}`).join(', ');
}

function at(figures: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), figures);
}

function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('npm ') && !line.startsWith('{"name"'));
  const telling = lines.find((line) => /\berror\b|\bfail|✗|✖|^unused|^unlisted|\bstale\b|\bFAULT\b/i.test(line));
  return (telling ?? lines.at(-1) ?? 'it printed nothing').slice(0, 160);
}
