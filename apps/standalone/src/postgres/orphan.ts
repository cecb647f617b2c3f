import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
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
 * (after a reboot) is removed: PostgreSQL would take it for a running server.
 */
export async function endOrphan(dataFolder: string, say: (line: string) => void): Promise<void> {
  const { pid, sockets } = readPostmaster(dataFolder) ?? {};
  if (!pid) return;
  try {
    if (runsOn(pid, dataFolder)) await end(pid, dataFolder, say);
    else rmSync(join(dataFolder, 'postmaster.pid'), { force: true });
  } finally {
    if (sockets && /\/muster-\w{6}$/.test(sockets)) rmSync(sockets, { recursive: true, force: true });
  }
}

async function end(pid: number, dataFolder: string, say: (line: string) => void): Promise<void> {
  say(`The database of a Muster that was killed is still running (process ${pid}): ending it first …`);
  const steps: [NodeJS.Signals | undefined, number][] = [[undefined, 5000], ['SIGINT', 10_000], ['SIGQUIT', 5000], ['SIGKILL', 5000]];
  for (const [signal, patience] of steps) {
    if (signal) process.kill(pid, signal);
    for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) if (!runsOn(pid, dataFolder)) return;
  }
  throw new StartProblem(`The old database process ${pid} on ${dataFolder} does not end. End it by hand and start again.`);
}

/** Whether process `pid` is a postmaster on this folder: it works in it, and its name is postgres. */
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
