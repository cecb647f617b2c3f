import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync, fstatSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileProblem, StartProblem } from '../start-problem';
import { makePrivate } from './account';
import type { Account } from './account';
import type { Binaries } from './binaries';
import { runGuarded } from './guard';

const megabyte = 1024 * 1024;
const neededToCreate = 256 * megabyte;
const neededToRun = 64 * megabyte;

/** Refuses data that this PostgreSQL cannot read, with a message that says what to do. */
export function checkVersion(dataFolder: string, binaries: Binaries): void {
  const path = join(dataFolder, 'PG_VERSION');
  if (!existsSync(path)) {
    throw new StartProblem(`${dataFolder} exists but holds no database. Move it away, or choose another folder with --data.`);
  }
  const found = readFileSync(path, 'utf8').trim();
  const own = binaries.version.split('.')[0];
  if (found !== own) {
    throw new StartProblem(
      `The data in ${dataFolder} was written by PostgreSQL ${found}, this Muster brings PostgreSQL ${own}. ` +
        'Start it with the Muster that wrote it, or choose another folder with --data.',
    );
  }
}

/** Refuses a disk that is too full, before anything is half written. */
export function checkSpace(folder: string, creating: boolean): void {
  const { bavail, bsize } = statfsSync(folder);
  const needed = creating ? neededToCreate : neededToRun;
  if (bavail * bsize >= needed) return;
  const free = Math.floor((bavail * bsize) / megabyte);
  throw new StartProblem(
    `The disk is full: ${free} MB are free for ${folder}, the database needs ${needed / megabyte} MB. Free some space and start again.`,
  );
}

/** Makes an empty database cluster under a temporary name first, so that an interruption never leaves half of one. */
export async function createCluster(
  dataFolder: string,
  binaries: Binaries,
  account: Account,
  { durable, log }: { durable: boolean; log: string },
): Promise<void> {
  const fresh = `${dataFolder}.new`;
  // Removes the remains of a start that was killed here; its initdb may still run and write for some seconds.
  rmSync(fresh, { recursive: true, force: true, maxRetries: 12, retryDelay: 100 });
  makePrivate(fresh, account);
  // The builtin locale sorts and folds in the same way on every machine. Who may connect is decided at each start; see
  // admission.ts.
  const options = ['-U', 'postgres', '--auth-local=peer', '--auth-host=reject', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const quick = durable ? [] : ['--no-sync'];
  const command = [join(binaries.root, 'bin', 'initdb'), '-D', fresh, ...options, '--wal-segsize=4', '--no-instructions', ...quick];
  const code = await runGuarded(command, { account, log }).exited;
  if (code !== 0) throw databaseProblem(log, 'could not be created');
  try {
    renameSync(fresh, dataFolder);
  } catch (error) {
    throw fileProblem(error, dirname(dataFolder));
  }
}

/** Turns the last lines of the database's log into a problem, in plain words if the cause is known. */
export function databaseProblem(log: string, what: string): StartProblem {
  const tail = lastOf(log, 4000);
  if (/No space left on device|Disk quota exceeded/i.test(tail)) {
    return new StartProblem(`The disk is full: the database ${what}. Free some space and start again.`);
  }
  if (/could not look up effective user ID/.test(tail)) {
    return new StartProblem('This user has no name on this machine (no line in /etc/passwd), which PostgreSQL needs. Start Muster as a named user.');
  }
  const lines = tail.trim().split('\n').slice(-5).join('\n  ');
  return new StartProblem(`The database ${what}. Its last lines (more in ${log}):\n  ${lines}`);
}

function lastOf(path: string, bytes: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    const length = readSync(file, buffer, 0, bytes, Math.max(0, fstatSync(file).size - bytes));
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}
