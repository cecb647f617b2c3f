import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../start-problem';

/** Reads postmaster.pid: the pid on line 1, the socket folder on line 5, the state on line 8. */
export function readPostmaster(dataFolder: string): { pid: number; sockets: string; ready: boolean } | undefined {
  const path = join(dataFolder, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  return { pid: Number(lines[0]), sockets: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/** A connection string over a private socket. It is a valid URL: set its `pathname` for another database. */
export const postgresUrl = (socketFolder: string, database: string, role = 'postgres'): string =>
  `postgres://${role}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;

/**
 * Ends a database that was left by a killed Muster. Its guard may be ending it, or was killed too, so this waits first
 * and then ends it, so that two databases never work on one folder. A pid file whose number now belongs to another
 * program (after a reboot) is removed, because PostgreSQL would take that program for a running server. If only the
 * postmaster was killed, its backends are ended first: without the pid file PostgreSQL would not notice them.
 */
export async function endOrphan(dataFolder: string, say: (line: string) => void): Promise<void> {
  const note = readPostmaster(dataFolder);
  if (!note) return;
  const { pid, sockets } = note;
  try {
    // A power cut may have emptied the file. Then it names nobody, but PostgreSQL would not start beside it.
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

/**
 * Waits for the backends, which notice the postmaster's death as soon as they wait for anything, and ends those that do
 * not.
 */
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
    // The process had ended already.
  }
}

/** Only Linux tells the working directory of a process; elsewhere PostgreSQL's own check has to suffice. */
function backendsOn(dataFolder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').map(Number).filter((pid) => pid > 0 && runsOn(pid, dataFolder));
}

/**
 * Whether process `pid` is a postmaster or backend of this folder: its working directory is the folder and its name is
 * postgres.
 */
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
