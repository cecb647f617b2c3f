import { createHash } from 'node:crypto';
import { chownSync, createReadStream, createWriteStream, mkdirSync, openSync, readSync, closeSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Headers } from 'tar-stream';
import type { Account } from '../postgres/account';
import { StartProblem } from '../start-problem';
import { manifest, MANIFEST, type Manifest } from './manifest';
import { SEALED, unseal } from './seal';

export interface Places {
  /** The data folder. */
  readonly data: string;
  /** The database's files, which may lie elsewhere and belong to another account. */
  readonly files: string;
  readonly account: Account;
}

/** Writes out everything that a backup holds, and holds it against the backup's own list. @throws StartProblem */
export async function unpack(from: string, identity: string | undefined, places: Places): Promise<Manifest> {
  const tar = extract();
  const hashes: Record<string, string> = {};
  let listed: Manifest | undefined;
  const write = async (): Promise<void> => {
    for await (const entry of tar) {
      if (entry.header.name === MANIFEST) listed = manifest.parse(JSON.parse(await text(entry)));
      else hashes[entry.header.name] = (await writeEntry(entry.header, entry, places)) ?? '';
    }
  };
  const plain = isSealed(from) ? await unseal(from, identity) : createReadStream(from);
  try {
    await Promise.all([pipeline(plain, createGunzip(), tar), write()]);
  } catch (error) {
    if (error instanceof StartProblem || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw new StartProblem(`${from} is no whole backup: ${(error as Error).message}.`);
  }
  if (!listed) throw new StartProblem(`${from} is no whole backup: its list of files is missing.`);
  for (const name of [...listed.segments.map((segment) => `postgres/pg_wal/${segment}`), ...Object.keys(listed.files)]) {
    if (!(name in hashes)) throw new StartProblem(`${from} is no whole backup: ${name} is missing.`);
    if (hashes[name] !== listed.files[name]) throw new StartProblem(`${from} is damaged: ${name} is not what was backed up.`);
  }
  return listed;
}

function isSealed(path: string): boolean {
  const head = Buffer.alloc(SEALED.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return head.equals(SEALED);
}

/** @returns the SHA-256 of a file's content */
async function writeEntry({ name, type }: Headers, content: Readable, { data, files, account }: Places): Promise<string | undefined> {
  const [root = '', ...rest] = normalize(name).split('/');
  if (rest.includes('..') || !['data', 'postgres'].includes(root)) throw new StartProblem(`The backup holds ${name}, which is not of Muster.`);
  const path = join(root === 'data' ? data : files, ...rest);
  const owner = root === 'data' ? undefined : account;
  const give = (): void => (owner ? chownSync(path, owner.uid, owner.gid) : undefined);
  if (type === 'directory') {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    content.resume();
    return void give();
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      done(null, piece);
    },
  });
  await pipeline(content, hashing, createWriteStream(path, { mode: 0o600 }));
  give();
  return hash.digest('hex');
}
