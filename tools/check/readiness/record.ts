// docs/generated/readiness.json: the last result of every line, on what machine; the document is rendered from nothing else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { dirname, join } from 'node:path';
import type { Result, Shown, Standing } from './standing.rules';

export interface Recorded {
  readonly writtenAt: string;
  readonly commit: string;
  readonly machines: Readonly<Record<string, string>>;
  readonly results: Readonly<Record<string, Result>>;
  readonly shown: Readonly<Record<string, Shown>>;
}

export const recordFile = 'docs/generated/readiness.json';
const empty: Recorded = { writtenAt: '', commit: '', machines: {}, results: {}, shown: {} };

export function readRecord(root: string): Recorded {
  const file = join(root, recordFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : empty;
}

export function writeRecord(root: string, record: Recorded): void {
  mkdirSync(dirname(join(root, recordFile)), { recursive: true });
  writeFileSync(join(root, recordFile), `${JSON.stringify(record, null, 1)}\n`);
}

/** The record with what these lines came to; lines that no longer exist are dropped. */
export function merged(before: Recorded, standings: readonly Standing[], all: readonly string[], at: Date, commit: string): Recorded {
  const [machine, described] = thisMachine();
  const results: Record<string, Result> = {};
  const shown: Record<string, Shown> = {};
  for (const id of all) {
    const standing = standings.find((one) => one.id === id);
    const result = standing?.now ?? before.results[id];
    if (result) results[id] = result;
    const now = standing ? { status: standing.status, why: standing.why } : before.shown[id];
    if (now) shown[id] = now;
  }
  const used = new Set(Object.values(results).map((one) => one.machine));
  const machines = Object.fromEntries(Object.entries({ ...before.machines, [machine]: described }).filter(([key]) => used.has(key)).sort());
  return { writtenAt: `${at.toISOString().slice(0, 16)}Z`, commit, machines, results, shown };
}

/** A short name for this kind of machine, and what it is. */
export function thisMachine(): readonly [name: string, described: string] {
  const cores = availableParallelism();
  const memory = Math.round(totalmem() / 2 ** 30);
  const described = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cores} cores, ${memory} GiB, ${system()} ${release().split('-')[0] ?? ''}, Node ${process.versions.node}`;
  return [`${cores}×${memory}G-node${process.versions.node.split('.')[0] ?? ''}`, described];
}

/** Of the last minute, where others use the machine too: timings and time limits are to be read with it. */
export function foreignLoad(): number | undefined {
  const [load = 0] = loadavg();
  return load > 2 * availableParallelism() ? Math.round(load) : undefined;
}

export function commitOf(root: string): string {
  try {
    const git = (...words: string[]): string => execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const changed = git('status', '--porcelain', '--', '.', `:!${recordFile}`, ':!docs/PRODUCTION-READINESS.md').length > 0;
    return `${git('rev-parse', '--short=8', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'none';
  }
}
