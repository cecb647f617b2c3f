import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../start-problem';

/** The postmaster's note to itself: pid on line 1, socket folder on line 5, state on line 8. */
export function readPostmaster(dataFolder: string): { pid: number; sockets: string; ready: boolean } | undefined {
  const path = join(dataFolder, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return { pid: Number(lines[0]), sockets: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/**
 * A database left by a Muster that was killed: its guard is ending it, or was killed too. Waits for it,
 * then ends it, so that two never work on one folder. A note whose number now belongs to another program
 * (after a reboot) is removed: PostgreSQL would take it for a running server. Where only the postmaster was killed
 * its backends may be there still: without the note PostgreSQL would not notice them, so they go first.
 */
export async function endOrphan(dataFolder: string, say: (line: string) => void): Promise<void> {
  const note = readPostmaster(dataFolder);
  if (!note) return;
  const { pid, sockets } = note;
  try {
    // A power cut may have emptied the note: then it names nobody, and PostgreSQL would not start beside it.
    if (pid > 0 && runsOn(pid, dataFolder)) await end(pid, dataFolder, say);
    await endBackends(dataFolder);
    if (!(pid > 0 && runsOn(pid, dataFolder))) rmSync(join(dataFolder, 'postmaster.pid'), { force: true });
  } finally {
    if (sockets && /\/muster-\w{6}$/.test(sockets)) rmSync(sockets, { recursive: true, force: true });
  }
}

async function end(pid: number, dataFolder: string, say: (line: string) => void): Promise<void> {
  say(`The database of a Muster that was killed is still running (process ${pid}): ending it first …`);
  const steps: [NodeJS.Signals | undefined, number][] = [[undefined, 5000], ['SIGINT', 10_000], ['SIGQUIT', 5000], ['SIGKILL', 5000]];
  for (const [signal, patience] of steps) {
    if (signal) process.kill(pid, signal);
    for (const end = performance.now() + patience; performance.now() < end; await sleep(50)) if (!runsOn(pid, dataFolder)) return;
  }
  throw new StartProblem(`The old database process ${pid} on ${dataFolder} does not end. End it by hand and start again.`);
}

/** They notice the postmaster's death as soon as they wait for anything; those that don't are ended. */
async function endBackends(dataFolder: string): Promise<void> {
  const steps: [NodeJS.Signals | undefined, number][] = [[undefined, 3000], ['SIGQUIT', 2000], ['SIGKILL', 5000]];
  for (const [signal, patience] of steps) {
    for (const pid of signal ? backendsOn(dataFolder) : []) endOne(pid, signal as NodeJS.Signals);
    for (const end = performance.now() + patience; performance.now() < end; await sleep(50)) if (backendsOn(dataFolder).length === 0) return;
  }
  throw new StartProblem(`Old database processes on ${dataFolder} do not end: ${backendsOn(dataFolder).join(', ')}. End them by hand and start again.`);
}

function endOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It was quicker.
  }
}

/** Only Linux tells where a process works; elsewhere PostgreSQL's own check has to do. */
function backendsOn(dataFolder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').map(Number).filter((pid) => pid > 0 && runsOn(pid, dataFolder));
}

/** Whether process `pid` is a postmaster or a backend on this folder: it works in it, and its name is postgres. */
function runsOn(pid: number, dataFolder: string): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform === 'linux') {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder) && /postgres/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));
    }
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataFolder);
  } catch {
    return false;
  }
}
