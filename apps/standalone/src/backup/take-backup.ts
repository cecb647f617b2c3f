import { createWriteStream, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Clock } from '@muster/platform/clock/clock';
import { claimDataFolder, musterOn } from '../data-folder';
import { databaseAccount, reachableFolder } from '../postgres/account';
import { copyOnline, type RecoveryNeeds } from '../postgres/online-backup';
import { postgresUrl, readPostmaster } from '../postgres/orphan';
import { startPostgres } from '../postgres/start-postgres';
import { fileProblem, StartProblem } from '../start-problem';
import { ArchiveWriter } from './archive';
import { MANIFEST, segmentsBetween, type Manifest } from './manifest';
import { seal } from './seal';

export interface BackupOptions {
  readonly data: string;
  /** A file that does not exist yet; `-` is the standard output. */
  readonly to: string;
  /** A public key of age; without one the backup is as secret as its file. */
  readonly recipient?: string;
  readonly say: (line: string) => void;
}

/** What the server makes anew at its start, or what belongs to the running one. */
const ofTheRun = /^(?:postmaster\.(?:pid|opts)|backup_label|(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/)$|(?:^|\/)(?:pgsql_tmp|pg_internal\.init)/;
/** Of the data folder: the lock, and what lies beside the database and is written at each start. */
const ofTheStart = /^(?:muster\.lock|postgres(?:[./]|$)|restor(?:ed|ing)$)/;

/**
 * Copies the whole data folder, keys and all five databases, as of one instant: while Muster runs on it, or else with the
 * database alone started for it.
 *
 * @throws StartProblem
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const { data, to, say } = options;
  const files = existsSync(data) ? reachableFolder(join(data, 'postgres'), databaseAccount(join(data, 'postgres'))) : data;
  if (!existsSync(files)) throw new StartProblem(`There is no Muster's data in ${data}. Name its folder with --data.`);
  if (existsSync(to)) throw new StartProblem(`${to} exists already: a backup never replaces another one.`);
  const database = await reachDatabase(data, files, say);
  try {
    return await writeTo(to, options.recipient, (archive) => fill(archive, { data, files, url: database.url }));
  } finally {
    await database.release();
  }
}

async function reachDatabase(data: string, files: string, say: BackupOptions['say']): Promise<{ url: string; release: () => Promise<void> }> {
  const running = musterOn(data) !== undefined ? readPostmaster(files) : undefined;
  if (running?.ready) return { url: postgresUrl(running.sockets, 'postgres'), release: () => Promise.resolve() };
  const folder = claimDataFolder(data); // refuses a Muster that is just starting
  try {
    const postgres = await startPostgres({ dataFolder: join(data, 'postgres'), say });
    return {
      url: postgres.url('postgres'),
      release: async () => {
        await postgres.stop();
        folder.release();
      },
    };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function fill(archive: ArchiveWriter, { data, files, url }: { data: string; files: string; url: string }): Promise<Manifest> {
  const segments = await copyOnline(url, {
    files: () => archive.addFolder(files, 'postgres', (path) => ofTheRun.test(path)),
    log: (needs) => addLog(archive, join(files, 'pg_wal'), needs),
  });
  await archive.addFolder(data, 'data', (path) => ofTheStart.test(path));
  const manifest = { madeAt: new Clock().instant(), segments, files: archive.hashes };
  await archive.addText(MANIFEST, JSON.stringify(manifest));
  archive.stream.finalize();
  return manifest;
}

async function addLog(archive: ArchiveWriter, wal: string, needs: RecoveryNeeds): Promise<string[]> {
  await archive.addText('postgres/backup_label', needs.label);
  const segments = segmentsBetween(needs.firstSegment, needs.lastSegment, statSync(join(wal, needs.lastSegment)).size);
  const histories = readdirSync(wal).filter((name) => name.endsWith('.history'));
  for (const name of [...segments, ...histories]) await archive.addFile(join(wal, name), `postgres/pg_wal/${name}`);
  const missing = segments.find((name) => !(`postgres/pg_wal/${name}` in archive.hashes));
  if (missing === undefined) return segments;
  throw new StartProblem(`${missing} of the write-ahead log was gone before it was copied, so that the backup is of no use. Make another one.`);
}

/** Writes under another name first, so that a file with the wanted name is a whole backup. */
async function writeTo(to: string, recipient: string | undefined, fillArchive: (archive: ArchiveWriter) => Promise<Manifest>): Promise<Manifest> {
  const archive = new ArchiveWriter();
  const part = `${to}.part`;
  const zipped = createGzip({ level: 1 });
  const content: Readable = recipient === undefined ? zipped : await seal(zipped, recipient);
  const out: Writable = to === '-' ? process.stdout : createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true });
  try {
    const [manifest] = await Promise.all([
      fillArchive(archive).catch((error: unknown) => {
        archive.stream.destroy(error as Error);
        throw error;
      }),
      pipeline(archive.stream, zipped),
      pipeline(content, out, { end: to !== '-' }),
    ]);
    if (to !== '-') renameSync(part, to);
    return manifest;
  } catch (error) {
    if (to !== '-') rmSync(part, { force: true });
    throw fileProblem(error, dirname(to));
  }
}
