// Programs that are started to see how long they take and how much they hold.
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Started {
  readonly child: ChildProcess;
  /** From the spawn until it was ready, milliseconds by the clock. */
  readonly ms: number;
  /** What its own process had used of CPU by then, milliseconds. */
  readonly cpuMs: number;
}

export interface Memory {
  readonly rssMB: number;
  /** With pages shared by several processes counted once. */
  readonly pssMB: number;
}

export interface Program {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asked every few milliseconds; also told what it printed so far. */
  readonly isReady: (printed: string) => boolean | Promise<boolean>;
}

const PATIENCE_MS = 120_000;
/** Of a clock tick in /proc: USER_HZ, 100 on every Linux. */
const TICK_MS = 10;

/** Node with `args`, until it says or shows that it is ready. @throws Error with what it printed, when it ends before */
export async function startProgram({ args, env = {}, isReady }: Program): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed = (printed + text.toString()).slice(-20_000)));
  while (!(await isReady(printed))) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE_MS) {
      child.kill('SIGKILL');
      throw new Error(`${args.join(' ')} did not become ready:\n${printed}`);
    }
    await sleep(4);
  }
  return { child, ms: performance.now() - began, cpuMs: cpuMsOf(child.pid ?? 0) };
}

/** @returns milliseconds that the end took */
export async function endProgram({ child }: Started): Promise<number> {
  const began = performance.now();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await gone;
  clearTimeout(late);
  return performance.now() - began;
}

/**
 * Of these processes together while nobody asks for anything, percent of one core. Processes that come or go meanwhile
 * are left out: a database starts one now and then to tidy up.
 */
export async function idleCpuPercent(pids: readonly number[], seconds: number): Promise<number> {
  const taken = (): Map<number, number> => new Map(pids.flatMap((pid): [number, number][] => {
    try {
      return [[pid, cpuMsOf(pid)]];
    } catch {
      return [];
    }
  }));
  const before = taken();
  const began = performance.now();
  await sleep(seconds * 1000);
  const after = taken();
  const used = [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? ms), 0);
  return Math.round((used / (performance.now() - began)) * 1000) / 10;
}

function cpuMsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Of these processes together. */
export function memoryOf(pids: readonly number[]): Memory {
  const sum = { Rss: 0, Pss: 0 };
  for (const pid of pids) {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    for (const name of ['Rss', 'Pss'] as const) sum[name] += Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  }
  return { rssMB: Math.round(sum.Rss / 1000), pssMB: Math.round(sum.Pss / 1000) };
}

/** Children, their children and so on, without `pid` itself. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found = new Set([pid]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}
