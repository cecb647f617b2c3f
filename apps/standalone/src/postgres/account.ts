import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StartProblem } from '../start-problem';
import type { Binaries } from './binaries';

/** The account under which the database runs; undefined for the current user. */
export type Account = { uid: number; gid: number } | undefined;

const nobody = 65534;
const ownedByRoot = '/var/lib/muster';

/**
 * Chooses the account: PostgreSQL refuses to run as root, so root runs it as the owner of the existing data, or as
 * nobody.
 */
export function databaseAccount(dataFolder: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: nobody, gid: nobody };
}

/** Finds or copies the programs to where the account can run them: it cannot reach a project in root's home (mode 0700). */
export function reachableBinaries(binaries: Binaries, account: Account): Binaries {
  if (!account || canRun(binaries.root, account)) return binaries;
  const copy = join(ownedByRoot, `postgresql-${binaries.version}`);
  if (existsSync(copy) && canRun(copy, account)) return { ...binaries, root: copy };
  try {
    mkdirSync(ownedByRoot, { recursive: true, mode: 0o755 });
    const fresh = mkdtempSync(`${copy}-`);
    copyPrograms(binaries.root, fresh);
    rmSync(copy, { recursive: true, force: true });
    renameSync(fresh, copy);
    return { ...binaries, root: copy };
  } catch {
    // If /var/lib is read-only, the copy is made for this run only.
    const fresh = mkdtempSync(join(tmpdir(), 'muster-pg-'));
    copyPrograms(binaries.root, fresh);
    process.once('exit', () => rmSync(fresh, { recursive: true, force: true }));
    if (canRun(fresh, account)) return { ...binaries, root: fresh };
  }
  throw new StartProblem(`The database can't be run under user id ${account.uid}. Start Muster as an ordinary user instead of root.`);
}

function copyPrograms(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  chmodSync(to, 0o755);
}

const canRun = (root: string, account: Account): boolean =>
  spawnSync(join(root, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;

/**
 * The folder of the database's files: `wanted`, unless the account cannot reach it (a home of mode 0700); then a folder
 * under /var/lib/muster, the same one at each start.
 */
export function reachableFolder(wanted: string, account: Account): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (canReach(dirname(wanted), account)) return wanted;
  const name = `${basename(dirname(wanted))}-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
  const instead = join(ownedByRoot, name, basename(wanted));
  mkdirSync(dirname(instead), { recursive: true, mode: 0o755 });
  return instead;
}

/** Whether the account can enter the folder; the current user always can. */
export const canReach = (folder: string, account: Account): boolean =>
  account === undefined || spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;

/** Makes `folder` and gives it to the account alone. */
export function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}
