// What a run of the evidence says, as a pure function of what it left: exit status, text, figures, tests.
import type { KeptTests } from '../../dev/kept-results.cjs';
import type { Aim, CommandEvidence, Found, Status, TestsEvidence } from './line';

export interface Verdict {
  readonly status: Status;
  readonly figure: string;
  /** Why it is not GREEN. */
  readonly why: string;
  /** False where the evidence could not be had here, so that nothing was learnt. */
  readonly measured: boolean;
}

export interface CommandRun {
  readonly exit: number | 'timeout';
  readonly output: string;
}

export interface ProofLine {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly aims: Readonly<Record<string, unknown>>;
  readonly met: boolean;
}

const green = (figure: string): Verdict => ({ status: 'GREEN', figure, why: '', measured: true });
const red = (figure: string, why: string): Verdict => ({ status: 'RED', figure, why, measured: true });
const yellow = (figure: string, why: string): Verdict => ({ status: 'YELLOW', figure, why, measured: true });

export function leftOut(why: string): Verdict {
  return { status: 'YELLOW', figure: '', why, measured: false };
}

export function absent(why: string): Verdict {
  return red('', why);
}

export function judgeCommand(evidence: CommandEvidence, { exit, output }: CommandRun): Verdict {
  if (exit === 'timeout') return red('', `not done after ${evidence.minutes} min`);
  const unavailable = evidence.leavesOut?.exec(output);
  if (unavailable) return leftOut(`left out here: ${unavailable[0].slice(0, 100)}`);
  if (evidence.proof) return judgeProof(evidence, proofLineOf(output), exit);
  const found = evidence.figure?.exec(output);
  const figure = found ? (found[0] ?? '').trim().replace(/\s+/g, ' ') : lastProofFigures(evidence, output);
  if (exit !== 0 && !(evidence.part && found)) return red(figure, `exit status ${exit}: ${lastWords(output)}`);
  const omitted = evidence.part && found ? null : /^Left out, because .*$/m.exec(output);
  if (omitted) return leftOut(omitted[0]);
  if (evidence.figure && !found) return red('', `it printed no figure that looks like ${evidence.figure.source}`);
  const { least, most } = evidence;
  const bounds = { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
  if ((least ?? most) !== undefined && judgeAim({ figure: '', ...bounds }, found?.[1]) === 'missed') return red(figure, most === undefined ? `less than ${least}` : `more than ${most}`);
  return green(figure || 'clean');
}

function judgeProof(evidence: CommandEvidence, line: ProofLine | undefined, exit: number): Verdict {
  if (!line) return red('', `exit status ${exit}, and no line of figures at the end`);
  if (evidence.aims.length === 0) {
    const figure = shown(line, evidence.shows.length > 0 ? evidence.shows : Object.keys(line.figures).slice(0, 4));
    return line.met && exit === 0 ? green(figure) : red(figure, `aims not met: ${JSON.stringify(line.aims).slice(0, 160)}`);
  }
  const figure = shown(line, [...evidence.aims.map((aim) => aim.figure), ...evidence.shows]);
  const missed = evidence.aims.map((aim) => ({ aim, how: judgeAim(aim, at(line.figures, aim.figure)) })).filter(({ how }) => how !== 'met');
  if (missed.length === 0) return green(figure);
  const why = missed.map(({ aim }) => `${aim.figure} should be ${aim.most !== undefined ? `≤ ${aim.most}` : `≥ ${aim.least}`}`).join('; ');
  return missed.every(({ how }) => how === 'nearly') ? yellow(figure, why) : red(figure, why);
}

/** A value that is no number misses every aim. */
export function judgeAim({ most, least, tolerance = 0 }: Aim, value: unknown): 'met' | 'nearly' | 'missed' {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  const within = (share: number) => (most === undefined || number <= most * (1 + share)) && (least === undefined || number >= least * (1 - share));
  if (Number.isNaN(number)) return 'missed';
  return within(0) ? 'met' : within(tolerance) ? 'nearly' : 'missed';
}

/** The last line that is the JSON of a proof. */
export function proofLineOf(output: string): ProofLine | undefined {
  for (const line of output.trimEnd().split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      const value = JSON.parse(line) as Partial<ProofLine>;
      if (typeof value.figures === 'object' && typeof value.met === 'boolean') return { aims: {}, ...value } as ProofLine;
    } catch {
      // Not JSON: some other line that begins with a brace.
    }
  }
  return undefined;
}

export function judgeTests(evidence: TestsEvidence, results: Readonly<Record<string, KeptTests>>): Verdict {
  const files = Object.entries(results).filter(([file]) => evidence.files.some((one) => isOf(file, one)));
  const tests = files.flatMap(([, { tests: all }]) => all).filter(([name]) => !evidence.names || evidence.names.test(name));
  const count = (status: string) => tests.filter(([, one]) => one === status).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('pending')];
  const figure = `${passed} test${passed === 1 ? '' : 's'}`;
  const broken = files.find(([, { broken: message }]) => message !== undefined);
  if (broken) return red(figure, `${broken[0]} could not run`);
  const missing = absentFile(evidence, results);
  if (missing) return red(figure, `${missing} did not run`);
  if (failed > 0) return red(`${figure}, ${failed} failed`, `failed: ${tests.find(([, status]) => status === 'failed')?.[0] ?? ''}`);
  if (passed >= evidence.least) return skipped > 0 ? yellow(`${figure}, ${skipped} left out`, 'some were left out on this machine') : green(figure);
  if (skipped > 0 && passed + skipped >= evidence.least) return leftOut(`${skipped} of them were left out on this machine`);
  return red(figure, `at least ${evidence.least} should have run`);
}

/** @returns whether these results decide the line: each file that it names, or as many tests as it asks for where it names no files */
export function areEnough(evidence: TestsEvidence, results: Readonly<Record<string, KeptTests>>): boolean {
  if (evidence.files.every(isExact)) return absentFile(evidence, results) === undefined;
  const files = Object.entries(results).filter(([file]) => evidence.files.some((one) => isOf(file, one)));
  const tests = files.flatMap(([, { tests: all }]) => all).filter(([name]) => !evidence.names || evidence.names.test(name));
  return absentFile(evidence, results) === undefined && (tests.length >= evidence.least || files.some(([, { broken }]) => broken !== undefined));
}

const isExact = (named: string): boolean => named.endsWith('.ts') && !/^[./]/.test(named);
const absentFile = ({ files }: TestsEvidence, results: object): string | undefined => files.find((file) => isExact(file) && !(file in results));

/** @returns whether the file is the one that is named, in the folder, or ends so */
export function isOf(file: string, named: string): boolean {
  return file === named || file.startsWith(`${named}/`) || (/^[./]/.test(named) && file.endsWith(named));
}

export function judgeInspection({ figure, faults }: Found): Verdict {
  const more = faults.length > 2 ? ` and ${faults.length - 2} more` : '';
  return faults.length === 0 ? green(figure) : red(figure, `${faults.slice(0, 2).join('; ')}${more}`);
}

function lastProofFigures(evidence: CommandEvidence, output: string): string {
  const line = proofLineOf(output);
  return line ? shown(line, evidence.shows.length > 0 ? evidence.shows : Object.keys(line.figures).slice(0, 4)) : '';
}

function shown({ figures }: ProofLine, names: readonly string[]): string {
  return [...new Set(names)].map((name) => `${name} ${text(at(figures, name))}`).join(', ');
}

function text(value: unknown): string {
  if (value === undefined) return '?';
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 60) : String(value);
}

function at(figures: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), figures);
}

function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('npm ') && !line.startsWith('{"name"'));
  const telling = lines.find((line) => /\berror\b|\bfail|✗|✖|^unused|^unlisted|\bstale\b|\bFAULT\b/i.test(line));
  return (telling ?? lines.at(-1) ?? 'it printed nothing').slice(0, 160);
}
