import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeWhole } from './data-files';
import { errorCode, fileProblem, StartProblem } from './start-problem';

/** Layout of a data folder; a Muster that changes it counts one up and says how to move. */
const format = 2;
/** Format 1 had other names of the database's roles, which postgres/earlier-roles.ts brings to today's at the start. */
const earlier = ['1'];

/** Files that say that a backup is being restored into the folder, and that one was and nothing has started on it since. */
export const RESTORING = 'restoring';
export const RESTORED = 'restored';

export interface DataFolder {
  readonly path: string;
  /** Whether nothing has started on it since it was restored. */
  readonly isRestored: boolean;
  /** From now on it is a folder like any other. */
  endRestore(): void;
  release(): void;
}

/** Claims the folder for this process until it ends. @throws StartProblem if another Muster uses it */
export function claimDataFolder(path: string): DataFolder {
  try {
    makeFolder(path, 0o700);
    // Root's database runs as another user, who has to pass through the folder; listing it is not needed.
    if (process.getuid?.() === 0) chmodSync(path, statSync(path).mode | 0o011);
    takeLock(path);
    checkFormat(path);
  } catch (error) {
    throw fileProblem(error, path);
  }
  return {
    path,
    isRestored: existsSync(join(path, RESTORED)),
    endRestore: () => rmSync(join(path, RESTORED), { force: true }),
    release: () => rmSync(join(path, 'muster.lock'), { force: true }),
  };
}

/** The process that has claimed the folder; undefined if it is free. */
export function musterOn(path: string): number | undefined {
  return livingHolder(read(join(path, 'muster.lock')) ?? '');
}

function livingHolder(holder: string): number | undefined {
  const pid = Number(/^[1-9]\d*/.exec(holder)?.[0] ?? 0); // 0 if a power cut emptied the file, so that it belongs to nobody
  return pid > 0 && identity(pid) === holder ? pid : undefined;
}

function checkFormat(path: string): void {
  if (existsSync(join(path, RESTORING))) {
    rmSync(join(path, 'muster.lock'), { force: true });
    throw new StartProblem(`Restoring a backup into ${path} did not come to its end. Remove the folder and restore again.`);
  }
  const file = join(path, 'format');
  const found = read(file)?.trim();
  // Missing, left empty by a power cut, or earlier. An earlier one is written first: the Muster that wrote it finds no
  // role of its own any more, and says by this that it can't be started.
  if (!found || earlier.includes(found)) return writeWhole(file, `${format}\n`);
  if (found === String(format)) return;
  rmSync(join(path, 'muster.lock'), { force: true });
  throw new StartProblem(
    `The data in ${path} is of another version of Muster (format ${found}, this one knows ${format}). ` +
      'Start it with the Muster that wrote it, or choose another folder with --data.',
  );
}

/**
 * Takes the lock by a hard link, which is made or refused atomically: of two parallel starts one gets the lock, and the
 * lock of a dead process is taken over.
 */
function takeLock(path: string): void {
  const lock = join(path, 'muster.lock');
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, identity(process.pid));
  try {
    for (;;) {
      try {
        return linkSync(own, lock);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
      const holder = read(lock);
      if (holder === undefined) continue;
      const pid = livingHolder(holder);
      if (pid !== undefined) {
        throw new StartProblem(`Muster is already running on ${path} (process ${pid}). End it first, or choose another folder with --data.`);
      }
      removeDead(lock, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Moves the lock of a dead process aside, and puts it back if it turns out to belong to a living one that came in
 * between.
 */
function removeDead(lock: string, dead: string): void {
  const aside = `${lock}.dead-${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // another process was quicker
  }
  if (read(aside) !== dead) linkSync(aside, lock);
  rmSync(aside, { force: true });
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/**
 * The identity of a process. A process id is reused after a reboot or in the next container, but not together with its
 * start time.
 */
function identity(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return '';
  }
  if (process.platform !== 'linux') return `${pid}`;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${started} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return '';
  }
}
