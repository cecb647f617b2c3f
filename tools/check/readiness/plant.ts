// `npm run readiness -- --plant [LINE …]`: breaks a copy of the checkout, one fault after the other. Each must turn its line RED.
import { CopyOfCheckout } from './copy-of-checkout';
import type { Status } from './line';
import { faults, findsNoPlace, type Fault } from './planted-faults';
import { duration } from './render';
import { runCommand } from './run-command';

interface Row {
  readonly fault: Fault;
  readonly before: Seen;
  readonly after: Seen;
  readonly seconds: number;
}

interface Seen {
  readonly status: Status | 'NONE';
  readonly why: string;
  readonly measured: boolean;
}

const LIMIT_MS = 900_000;

export async function plantFaults(root: string, names: readonly string[]): Promise<number> {
  const chosen = faults.filter(({ line, what }) => names.length === 0 || names.some((name) => line.startsWith(name) || what.includes(name)));
  const copy = CopyOfCheckout.make(root);
  const rows: Row[] = [];
  try {
    console.log(`The copy is at ${copy.root}; first as it is.`);
    const sound = await standings(copy, [...new Set(chosen.filter(({ instead }) => !instead).map(({ line }) => line))]);
    for (const fault of chosen) {
      const row = await tryOut(copy, fault, sound.get(fault.line));
      rows.push(row);
      console.log(`${verdict(row).padEnd(9)} ${fault.line.padEnd(28)} ${fault.what}: ${row.before.status} → ${row.after.status} (${row.after.why.slice(0, 120)}), ${duration(row.seconds)}`);
    }
  } finally {
    copy.remove();
  }
  return conclude(rows);
}

async function tryOut(copy: CopyOfCheckout, fault: Fault, sound: Seen | undefined): Promise<Row> {
  if (!fault.instead) return plantIn(copy, fault, sound);
  // Only for this fault: to the others a command that says something else is a fault by itself.
  const takeBack = edit(copy, fault.instead);
  try {
    return await plantIn(copy, fault, (await standings(copy, [fault.line])).get(fault.line));
  } finally {
    takeBack();
  }
}

async function plantIn(copy: CopyOfCheckout, fault: Fault, sound: Seen = { status: 'NONE', why: '', measured: false }): Promise<Row> {
  const begun = Date.now();
  const seconds = (): number => (Date.now() - begun) / 1000;
  if (!sound.measured) return { fault, before: sound, after: { ...sound, why: sound.why || 'not measured' }, seconds: seconds() };
  const undo = plant(copy, fault);
  if (!undo) return { fault, before: sound, after: { ...sound, why: 'it finds no place any more: write it anew' }, seconds: seconds() };
  try {
    return { fault, before: sound, after: (await standings(copy, [fault.line])).get(fault.line) ?? sound, seconds: seconds() };
  } finally {
    undo();
  }
}

/** @returns what takes it out again; undefined where it would change nothing */
function plant(copy: CopyOfCheckout, { edits }: Fault): (() => void) | undefined {
  if (edits.some(({ file, change }) => findsNoPlace(copy.has(file) ? copy.read(file) : '', change))) return undefined;
  return edit(copy, edits);
}

function edit(copy: CopyOfCheckout, edits: Fault['edits']): () => void {
  const originals = edits.map(({ file }) => [file, copy.has(file) ? copy.read(file) : undefined] as const);
  for (const { file, change } of edits) {
    copy.write(file, change(copy.has(file) ? copy.read(file) : ''));
  }
  return () => originals.forEach(([file, content]) => copy.write(file, content));
}

/** The report of the copy, by the copy's own tools. */
async function standings(copy: CopyOfCheckout, lines: readonly string[]): Promise<Map<string, Seen>> {
  if (lines.length === 0) return new Map();
  const { output } = await runCommand(
    ['node', '--conditions=source', '-r', './tools/ts.cjs', 'tools/check/readiness/readiness.ts', '--json', ...lines.flatMap((line) => ['--only', line])],
    { cwd: copy.root, milliseconds: LIMIT_MS },
  );
  const found = output.split('\n').find((line) => line.startsWith('[{'));
  if (!found) throw new Error(`the report of the copy said nothing: ${output.slice(-400)}`);
  return new Map((JSON.parse(found) as ReadonlyArray<Seen & { id: string }>).map((one) => [one.id, one]));
}

/** Seen means: not RED before, RED with the fault. */
function verdict({ before, after }: Row): 'found' | 'MISSED' | 'left out' {
  if (!before.measured) return 'left out';
  return before.status !== 'RED' && after.status === 'RED' && after.measured ? 'found' : 'MISSED';
}

function conclude(rows: readonly Row[]): number {
  const count = (wanted: string): number => rows.filter((row) => verdict(row) === wanted).length;
  const figures = { planted: rows.length, found: count('found'), missed: count('MISSED'), leftOut: count('left out') };
  const met = figures.missed === 0 && figures.found > 0;
  console.log(JSON.stringify({ name: 'readiness:plant', figures, aims: { missed: 0 }, met }));
  return met ? 0 : 1;
}
