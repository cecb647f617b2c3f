import { withClient } from '@muster/platform/database/with-client';
import { StartProblem } from '../start-problem';

/** What recovery needs besides the copied files. */
export interface RecoveryNeeds {
  /** The content of `backup_label`, from which recovery takes where to begin. */
  readonly label: string;
  /** The first and the last segment of the write-ahead log without which the copied files are of no instant. */
  readonly firstSegment: string;
  readonly lastSegment: string;
}

export interface OnlineCopy<Result> {
  /** Copies everything but the write-ahead log while the server writes on. */
  files(): Promise<void>;
  /** Then the log. Until this is done, a temporary replication slot keeps its segments from being recycled. */
  log(needs: RecoveryNeeds): Promise<Result>;
}

/**
 * Copies a running server's files: together, files and log are all of its databases as they were when the copy of the files
 * ended.
 *
 * @throws StartProblem if the server can't be reached or was started without the log that a copy needs
 */
export async function copyOnline<Result>(url: string, copy: OnlineCopy<Result>): Promise<Result> {
  let connected = false;
  try {
    return await withClient(url, async (server) => {
      connected = true;
      const level = await server.query<{ wal_level: string }>('show wal_level');
      if (level.rows[0]?.wal_level !== 'replica') {
        throw new StartProblem('The running Muster was started by a release that could not be backed up while it runs. Start it again, or end it for the backup.');
      }
      await server.query('select pg_create_physical_replication_slot($1, true, true)', [`muster_backup_${process.pid}`]);
      const begin = await server.query<{ segment: string }>("select pg_walfile_name(pg_backup_start('muster', true)) as segment");
      await copy.files();
      const end = await server.query<{ label: string; segment: string }>('select labelfile as label, pg_walfile_name(lsn) as segment from pg_backup_stop(false)');
      const [first, last] = [begin.rows[0], end.rows[0]];
      if (!first || !last) throw new Error('the server said nothing of its write-ahead log');
      return copy.log({ label: last.label, firstSegment: first.segment, lastSegment: last.segment });
    });
  } catch (error) {
    if (connected) throw error;
    const { message } = error as Error;
    throw new StartProblem(`The database of the running Muster can't be reached (${message}). Make the backup as the user who started Muster.`);
  }
}
