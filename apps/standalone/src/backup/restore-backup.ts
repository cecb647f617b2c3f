import { chownSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataFolder, musterOn, RESTORED, RESTORING } from '../data-folder';
import { databaseAccount, makePrivate, reachableFolder, type Account } from '../postgres/account';
import { startPostgres } from '../postgres/start-postgres';
import { fileProblem, StartProblem } from '../start-problem';
import type { Manifest } from './manifest';
import { unpack } from './unpack';

export interface RestoreOptions {
  readonly from: string;
  /** A folder that holds nothing yet. */
  readonly data: string;
  /** The file with the key that opens an encrypted backup. */
  readonly identity?: string;
  readonly say: (line: string) => void;
}

/**
 * Recovery replays the log in the folder up to where the copy ended, and refuses to end before that: without these settings
 * PostgreSQL would take the end of the log, wherever it is, for the end of what happened.
 */
const recovery = { restore_command: 'false', recovery_target: 'immediate', recovery_target_action: 'promote', hot_standby: 'off' };

/**
 * Makes a data folder out of a backup. The next start of Muster on it ends what must not outlive a restore; see ADR 25.
 *
 * @throws StartProblem; the folder is empty again then
 */
export async function restoreBackup({ from, data, identity, say }: RestoreOptions): Promise<Manifest> {
  if (!existsSync(from)) throw new StartProblem(`${from} does not exist.`);
  const running = musterOn(data);
  if (running !== undefined) throw new StartProblem(`Muster is running on ${data} (process ${running}): nothing is restored into a folder in use.`);
  requireEmpty(data);
  const folder = claimDataFolder(data);
  const account = databaseAccount(join(data, 'postgres'));
  const files = reachableFolder(join(data, 'postgres'), account);
  try {
    requireEmpty(files);
    requireEmpty(data, ['muster.lock', 'format']); // again, now that nobody else can begin
  } catch (error) {
    folder.release();
    throw error;
  }
  try {
    writeFileSync(join(data, RESTORING), '');
    makePrivate(files, account);
    const manifest = await unpack(from, identity, { data, files, account });
    say('Everything is unpacked and as it was backed up. The database recovers …');
    await recover(data, files, account);
    renameSync(join(data, RESTORING), join(data, RESTORED));
    folder.release();
    return manifest;
  } catch (error) {
    const problem = fileProblem(error, data);
    rmSync(files, { recursive: true, force: true });
    for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true, force: true });
    throw problem;
  }
}

/** @param own names that restoring itself has put there */
function requireEmpty(folder: string, own: readonly string[] = []): void {
  if (!existsSync(folder) || readdirSync(folder).every((name) => own.includes(name))) return;
  throw new StartProblem(`${folder} holds data already: nothing is restored over it. Move it away, or choose another folder with --data.`);
}

async function recover(data: string, files: string, account: Account): Promise<void> {
  const signal = join(files, 'recovery.signal');
  writeFileSync(signal, '', { mode: 0o600 });
  if (account) chownSync(signal, account.uid, account.gid);
  const postgres = await startPostgres({ dataFolder: join(data, 'postgres'), settings: recovery });
  await postgres.stop();
}
