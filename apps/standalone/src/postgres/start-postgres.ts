import { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileProblem } from '../start-problem';
import { canReach, databaseAccount, makePrivate, reachableBinaries, reachableFolder } from './account';
import type { Account } from './account';
import { writeAdmission } from './admission';
import { findBinaries } from './binaries';
import { checkSpace, checkVersion, createCluster, databaseProblem } from './cluster';
import { runGuarded } from './guard';
import type { Guarded } from './guard';
import { endOrphan, postgresUrl, readPostmaster } from './orphan';

export interface PostgresOptions {
  /** The cluster's own folder. It is made if it is missing; only its parent has to be writable. */
  dataFolder: string;
  /** False in tests only: then nothing survives a crash of the machine. */
  durable?: boolean;
  /** Overrides of server settings. */
  settings?: Record<string, string | number>;
  /** Called with messages for a person who waits. */
  say?: (line: string) => void;
}

export interface RunningPostgres {
  /** The folder of the files, which differs from `dataFolder` if the database's account cannot reach that. */
  readonly dataFolder: string;
  /** A private folder (mode 0700) with a short path for sockets, which is removed with the database. */
  readonly socketFolder: string;
  /** The postmaster's process id. */
  readonly pid: number;
  /** Resolves when the server has ended, whether requested or not. */
  readonly exited: Promise<number>;
  /** A connection string over the private socket. It is a valid URL: set its `pathname` for another database. */
  url(database: string, role?: string): string;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/** Small settings for five services on one machine, where every process and buffer counts in idle memory. */
const small: Record<string, string | number> = {
  listen_addresses: "''",
  max_connections: 90,
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  io_method: 'sync',
  max_worker_processes: 2,
  max_parallel_workers: 0,
  max_logical_replication_workers: 0,
  autovacuum_max_workers: 1,
  jit: 'off',
  huge_pages: 'off',
  wal_level: 'replica', // a backup is taken while the server runs
  max_wal_senders: 0,
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts the embedded PostgreSQL, which ends with this process, however that ends. @throws StartProblem */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { durable = true, say = () => undefined } = options;
  try {
    const account = databaseAccount(options.dataFolder);
    const dataFolder = reachableFolder(options.dataFolder, account);
    if (dataFolder !== options.dataFolder) {
      say(`The database can't run as root, and no other user can reach ${dirname(options.dataFolder)}: its files are in ${dataFolder}.`);
    }
    const binaries = reachableBinaries(findBinaries(), account);
    const log = `${dataFolder}.log`;
    const creating = !existsSync(dataFolder);
    if (!creating) checkVersion(dataFolder, binaries);
    checkSpace(dirname(dataFolder), creating);
    if (existsSync(log) && statSync(log).size > 1_000_000) truncateSync(log);
    if (creating) {
      say('Making the database (only the first time) …');
      await createCluster(dataFolder, binaries, account, { durable, log });
    } else {
      await endOrphan(dataFolder, say);
    }
    const settings = { ...small, ...(durable ? {} : forgetful), ...options.settings, ...writeAdmission(dataFolder) };
    return await run(join(binaries.root, 'bin', 'postgres'), { dataFolder, account, log, settings });
  } catch (error) {
    throw fileProblem(error, dirname(options.dataFolder));
  }
}

interface RunOptions {
  dataFolder: string;
  account: Account;
  log: string;
  settings: Record<string, string | number>;
}

async function run(postgres: string, { dataFolder, account, log, settings }: RunOptions): Promise<RunningPostgres> {
  const socketFolder = makeSocketFolder(account);
  const wanted = { ...settings, unix_socket_directories: socketFolder, unix_socket_permissions: '0700' };
  const flags = Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value === "''" ? '' : value}`]);
  const server = runGuarded([postgres, '-D', dataFolder, ...flags], { account, log, removeAtEnd: socketFolder });
  const pid = await untilReady(server, dataFolder);
  if (pid === undefined) throw databaseProblem(log, 'did not start');
  return {
    dataFolder,
    socketFolder,
    pid,
    exited: server.exited,
    url: (database, role) => postgresUrl(socketFolder, database, role),
    stop: async () => {
      await server.stop();
      rmSync(socketFolder, { recursive: true, force: true });
    },
  };
}

/** The path of a socket may have 107 bytes, so a long or unusable TMPDIR (macOS, CI) is replaced by /tmp. */
function makeSocketFolder(account: Account): string {
  const folder = mkdtempSync(join(isUsable(tmpdir(), account) ? tmpdir() : '/tmp', 'muster-'));
  makePrivate(folder, account);
  return folder;
}

function isUsable(folder: string, account: Account): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return Buffer.byteLength(folder) <= 70 && isAbsolute(folder) && canReach(folder, account);
  } catch {
    return false;
  }
}

/** Resolves with the postmaster's pid once it accepts connections, after any recovery; undefined if it ended instead. */
async function untilReady(server: Guarded, dataFolder: string): Promise<number | undefined> {
  let over = false;
  void server.exited.then(() => (over = true), () => (over = true));
  for (; !over; await sleep(15)) {
    const postmaster = readPostmaster(dataFolder);
    if (postmaster?.ready) return postmaster.pid;
  }
  return undefined;
}
