// What a line of the report is: a question, the evidence that answers it, and what it matters.
import { treeHash, type TreeFiles } from '../../dev/kept-results.cjs';

export type Status = 'GREEN' | 'YELLOW' | 'RED';

export interface Pillar {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Line {
  /** Unique within its pillar: `<pillar>/<name>` names it everywhere. */
  readonly name: string;
  readonly question: string;
  readonly evidence: Evidence;
  /** `quick` lines are measured for each change, `full` ones for a release; in between their recorded result counts. */
  readonly run: 'quick' | 'full';
  /** What it costs users when this is not so: 1 an annoyance, 5 data, money or safety. Ranks the gaps. */
  readonly risk: 1 | 2 | 3 | 4 | 5;
  /** What to do when it is not GREEN. */
  readonly action: string;
  /** The evidence does not exist yet on purpose; why. The line is RED all the same, but it is no regression. */
  readonly later?: string;
  /** What the result depends on, when more than the evidence's own default. A recorded result is stale when one of them changed. */
  readonly inputs?: readonly string[];
}

export type Evidence = CommandEvidence | TestsEvidence | InspectionEvidence;

/** A script of package.json. It passes by its exit status, and by its figures where it is a proof. */
export interface CommandEvidence {
  readonly kind: 'command';
  readonly script: string;
  readonly arguments: readonly string[];
  /** A proof ends with a line of JSON `{name, figures, aims, met}`. */
  readonly proof: boolean;
  /** The workspace whose script it is; the root's otherwise. */
  readonly workspace?: string;
  /** Finds the figure in what the command prints; its first group is what `least` and `most` are about. */
  readonly figure?: RegExp;
  readonly least?: number;
  readonly most?: number;
  /** The line is about this part of what the command looks at: its figure decides, whatever came of the other parts. */
  readonly part?: boolean;
  /** Figures of a proof that this line is about, judged here again; without any, the proof's own `met` decides. */
  readonly aims: readonly Aim[];
  /** Further figures of a proof to show. */
  readonly shows: readonly string[];
  readonly needs: readonly Need[];
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

/** What a machine may lack; the line is then left out, and says so. */
export type Need = 'docker' | 'cluster' | 'chromium' | 'nats-server' | 'valkey-server' | `tool:${string}`;

/** Tests that must have run and passed, at least so many: a filter that finds nothing proves nothing. */
export interface TestsEvidence {
  readonly kind: 'tests';
  /** Files, folders, or an end of paths that begins with `.` or `/`, such as `.int-spec.ts`. */
  readonly files: readonly string[];
  readonly names?: RegExp;
  readonly least: number;
  readonly needs: readonly Need[];
}

/** Something that a look at the checkout decides. */
export interface InspectionEvidence {
  readonly kind: 'inspection';
  readonly look: Inspection;
}

export type Inspection = (root: string) => Found;

export interface Found {
  readonly figure: string;
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
}

type CommandOptions = Partial<Omit<CommandEvidence, 'kind' | 'script' | 'proof'>>;

export function command(script: string, options: CommandOptions = {}): CommandEvidence {
  return { kind: 'command', script, proof: false, arguments: [], aims: [], shows: [], needs: [], minutes: 10, ...options };
}

export function proof(script: string, options: CommandOptions = {}): CommandEvidence {
  return { ...command(script, { minutes: 60, ...options }), proof: true };
}

export function tests(files: readonly string[], least: number, names?: RegExp, needs: readonly Need[] = []): TestsEvidence {
  return { kind: 'tests', files, least, needs, ...(names ? { names } : {}) };
}

export function inspection(look: Inspection): InspectionEvidence {
  return { kind: 'inspection', look };
}

type Row = (risk: Line['risk'], name: string, question: string, evidence: Evidence, action?: string, more?: Pick<Line, 'later' | 'inputs'>) => Line;

/** Lines that are measured for each change, or for a release. Without an action: to read what the evidence's command says. */
export const quick: Row = row('quick');
export const full: Row = row('full');

function row(run: Line['run']): Row {
  return (risk, name, question, evidence, action = `Read \`${commandOf(name, evidence)}\`.`, more = {}) => ({ name, question, evidence, run, risk, action, ...more });
}

/** What somebody types to see the evidence alone. */
export function commandOf(id: string, evidence: Evidence): string {
  if (evidence.kind === 'inspection') return `npm run readiness -- --quick --only ${id}`;
  if (evidence.kind === 'command') return [`npm run ${evidence.script}`, ...(evidence.workspace ? ['-w', evidence.workspace] : []), ...(evidence.arguments.length > 0 ? ['--', ...evidence.arguments] : [])].join(' ');
  return `npm test -- ${[...sizesOf(evidence.files), ...evidence.files.map((file) => file.replace(/^[./]/, ''))].join(' ')}`;
}

/** The parts of `npm test` that these files belong to. */
export function sizesOf(files: readonly string[]): Array<'spec' | 'int' | 'e2e'> {
  const ends = { spec: '.spec.ts', int: 'int-spec.ts', e2e: '.e2e.ts' } as const;
  const all = ['spec', 'int', 'e2e'] as const;
  const isFolder = (file: string): boolean => !file.endsWith('.ts');
  return all.filter((size) => files.some((file) => (isFolder(file) ? size !== 'e2e' : file.endsWith(ends[size]))));
}

const always = ['libs', 'tools/dev/jest', 'tools/dev/test.mjs', 'jest.config.cjs', 'package-lock.json'] as const;

/** Paths of the checkout that a result follows from; undefined is the whole tree. */
function inputsOf({ evidence, inputs }: Line): readonly string[] | undefined {
  if (inputs) return inputs;
  if (evidence.kind !== 'tests') return undefined;
  const own = evidence.files.flatMap((file) => {
    if (/^[./]/.test(file)) return ['apps', 'frontend', 'tools', 'verification'];
    if (/^(?:apps\/standalone|frontend\/e2e|tools)\//.test(file)) return ['apps', 'frontend', file.split('/').slice(0, 2).join('/')];
    return [file.split('/').slice(0, 2).join('/')];
  });
  return [...new Set([...own, ...always])];
}

/** Files that Jest alone loads: whatever else is run, a test that was mended changes nothing of what it came to. */
const testFiles = /\.(?:int-)?spec\.tsx?$/;

/** What a result depends on, as one hash; a recorded result of another hash is stale. */
export function inputHash(line: Line, files: TreeFiles | undefined): string {
  const { evidence, inputs } = line;
  const runsNoTest = inputs !== undefined && evidence.kind === 'command' && !evidence.script.startsWith('test');
  return treeHash(files, inputsOf(line), runsNoTest ? testFiles : undefined) ?? '';
}
