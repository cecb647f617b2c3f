// What a line of the report is: a question, the command or the tests that answer it, and what it matters.
import { treeHash, type TreeFiles } from '../../dev/kept-results.mjs';

export type Status = 'GREEN' | 'YELLOW' | 'RED';

export interface Line {
  /** `<pillar>/<name>`. */
  readonly id: string;
  readonly question: string;
  readonly evidence: Evidence;
  /** `quick` lines are measured for each change, `full` ones for a release; in between their recorded result counts. */
  readonly run: 'quick' | 'full';
  /** What it costs users when this is not so: 1 an annoyance, 5 data, money or safety. Ranks the gaps. */
  readonly risk: 1 | 2 | 3 | 4 | 5;
  /** Why the evidence does not exist yet. The line is RED all the same, but it is no regression. */
  readonly later?: string;
  /** The paths that the result depends on, when others than the evidence's own. A recorded result is stale when one changed. */
  readonly inputs?: readonly string[];
}

export interface Pillar {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

export type Evidence = CommandEvidence | TestsEvidence;

/** A script of package.json. It passes by its exit status, and by its figures where it is a proof. */
export interface CommandEvidence {
  readonly kind: 'command';
  readonly script: string;
  readonly arguments: readonly string[];
  /** The workspace whose script it is; the root's otherwise. */
  readonly workspace?: string;
  /** A proof ends with a line of JSON `{name, figures, aims, met}`. */
  readonly proof: boolean;
  /** Finds the figure in what the command prints; its first group is what `least` and `most` are about. */
  readonly figure?: RegExp;
  readonly least?: number;
  readonly most?: number;
  /** The line is about this part of what the command looks at: its figure decides, whatever came of the other parts. */
  readonly part?: boolean;
  /** Figures of a proof that are judged here again; without any, the proof's own `met` decides. */
  readonly aims: readonly Aim[];
  /** Further figures of a proof to show. */
  readonly shows: readonly string[];
  /** `docker`, `cluster` or a program: where it is lacking, the line is left out. */
  readonly needs: readonly string[];
  /** What it says where something outside cannot be had: then nothing was learnt, however it ended. */
  readonly leavesOut?: RegExp;
  readonly minutes: number;
}

export interface Aim {
  /** A path into the figures: `engine.2.p99Ms`. */
  readonly figure: string;
  readonly most?: number;
  readonly least?: number;
  /** A miss of up to this share of the aim is YELLOW. */
  readonly tolerance?: number;
}

/** Tests that must have run and passed, at least so many: a filter that finds nothing proves nothing. */
export interface TestsEvidence {
  readonly kind: 'tests';
  /** Files, folders, or an end of paths that begins with `.` or `/`, such as `.int-spec.ts`. */
  readonly files: readonly string[];
  readonly names?: RegExp;
  readonly least: number;
  readonly needs: readonly string[];
}

type CommandOptions = Partial<Omit<CommandEvidence, 'kind' | 'script' | 'proof'>>;

export const command = (script: string, options: CommandOptions = {}): CommandEvidence =>
  ({ kind: 'command', script, proof: false, arguments: [], aims: [], shows: [], needs: [], minutes: 10, ...options });
export const proof = (script: string, options: CommandOptions = {}): CommandEvidence => ({ ...command(script, { minutes: 60, ...options }), proof: true });
export const tests = (files: readonly string[], least: number, names?: RegExp, needs: readonly string[] = []): TestsEvidence =>
  ({ kind: 'tests', files, least, needs, ...(names ? { names } : {}) });

export type Row = Omit<Line, 'id'> & { readonly name: string };
type MakeRow = (risk: Line['risk'], name: string, question: string, evidence: Evidence, more?: Pick<Line, 'later' | 'inputs'>) => Row;
const rowOf = (run: Line['run']): MakeRow => (risk, name, question, evidence, more = {}) => ({ name, question, evidence, run, risk, ...more });
export const quick: MakeRow = rowOf('quick');
export const full: MakeRow = rowOf('full');

export const pillar = (name: string, title: string, ...rows: readonly Row[]): Pillar =>
  ({ name, title, lines: rows.map(({ name: own, ...row }) => ({ ...row, id: `${name}/${own}` })) });

/** What somebody types to see the evidence alone. */
export function commandOf({ evidence }: Pick<Line, 'evidence'>): string {
  if (evidence.kind === 'command') return [`npm run ${evidence.script}`, ...(evidence.workspace ? ['-w', evidence.workspace] : []), ...(evidence.arguments.length > 0 ? ['--', ...evidence.arguments] : [])].join(' ');
  return `npm test -- ${[...sizesOf(evidence.files), ...evidence.files.map((file) => file.replace(/^[./]/, ''))].join(' ')}`;
}

/** The parts of `npm test` that these files belong to. */
export function sizesOf(files: readonly string[]): Array<'spec' | 'int' | 'e2e'> {
  const ends = { spec: '.spec.ts', int: 'int-spec.ts', e2e: '.e2e.ts' } as const;
  return (['spec', 'int', 'e2e'] as const).filter((size) => files.some((file) => (file.endsWith('.ts') ? file.endsWith(ends[size]) : size !== 'e2e')));
}

/** Paths of the checkout that a result follows from; undefined is the whole tree. */
function inputsOf({ evidence, inputs }: Line): readonly string[] | undefined {
  if (inputs || evidence.kind !== 'tests') return inputs;
  const own = evidence.files.flatMap((file) => {
    if (/^[./]/.test(file)) return ['apps', 'frontend', 'tools', 'verification'];
    const workspace = file.split('/').slice(0, 2).join('/');
    return /^(?:apps\/standalone|frontend\/e2e|tools)\//.test(file) ? ['apps', 'frontend', workspace] : [workspace];
  });
  return [...new Set([...own, 'libs', 'tools/dev/jest', 'tools/dev/test.mjs', 'jest.config.cjs', 'package-lock.json'])];
}

/** Files that Jest alone loads: whatever else is run, a test that was mended changes nothing of what it came to. */
const testFiles = /\.(?:int-)?spec\.tsx?$/;

/** What a result depends on, as one hash; a recorded result of another hash is stale. */
export function inputHash(line: Line, files: TreeFiles | undefined): string {
  const { evidence, inputs } = line;
  const runsNoTest = inputs !== undefined && evidence.kind === 'command' && !evidence.script.startsWith('test');
  return treeHash(files, inputsOf(line), runsNoTest ? testFiles : undefined) ?? '';
}
