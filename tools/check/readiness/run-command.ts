// Runs a command with a time limit, and whatever it started ends with it.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandRun } from './judge.rules';

const KEPT_CHARACTERS = 200_000;
/** What a command that was told to end may take to tidy up. */
const GRACE_MS = 15_000;
const running = new Set<number>();

export interface Limits {
  readonly cwd: string;
  readonly milliseconds: number;
  readonly env?: Readonly<Record<string, string>>;
  /** A file for all that it says, while it says it. */
  readonly log?: string;
}

export function runCommand(words: readonly [string, ...string[]], { cwd, milliseconds, env, log }: Limits): Promise<CommandRun> {
  return new Promise((resolve) => {
    const [program, ...rest] = words;
    // A group of its own, so that the children of npm end too.
    const child = spawn(program, rest, { cwd, detached: true, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const group = child.pid;
    if (group !== undefined) running.add(group);
    let output = '';
    let late = false;
    if (log !== undefined) mkdirSync(dirname(log), { recursive: true });
    const file = log === undefined ? undefined : createWriteStream(log);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-KEPT_CHARACTERS);
      file?.write(data);
    });
    const limit = setTimeout(() => {
      late = true;
      end(group, 'SIGTERM');
      setTimeout(() => end(group, 'SIGKILL'), GRACE_MS).unref();
    }, milliseconds);
    child.once('error', (error) => finish(127, error.message));
    child.once('close', (code) => finish(code ?? 1));
    function finish(exit: number, message = ''): void {
      clearTimeout(limit);
      file?.end();
      if (group !== undefined) running.delete(group);
      resolve({ exit: late ? 'timeout' : exit, output: output + message });
    }
  });
}

/** Ends what still runs: for a report that is interrupted. */
export function endAll(): void {
  for (const group of running) end(group, 'SIGTERM');
}

function end(group: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, signal);
  } catch {
    // Gone already.
  }
}
