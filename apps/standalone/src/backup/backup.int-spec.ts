import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@muster/platform/database/with-client';
import { extract, pack, type Headers } from 'tar-stream';
import { claimDataFolder } from '../data-folder';
import { startPostgres, type RunningPostgres } from '../postgres/start-postgres';
import { manifest, MANIFEST } from './manifest';
import { restoreBackup } from './restore-backup';
import { makeKey, SEALED } from './seal';
import { takeBackup } from './take-backup';

let folder: string;
let data: string;
/** Made with the database alone, not encrypted; and while a Muster runs, for the owner of `key`. */
let plain: string;
let sealed: string;
const say = (): void => undefined;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-backup-'));
  chmodSync(folder, 0o755);
  [data, plain, sealed] = [at('data'), at('plain'), at('sealed')];
  const key = await makeKey();
  writeFileSync(at('key'), key.file);
  await running(data, async (postgres) => {
    await fill(postgres);
    await takeBackup({ data, to: sealed, recipient: key.recipient, say });
    await withClient(postgres.url('postgres'), (client) => client.query('delete from kept where n > 1000'));
  });
  await takeBackup({ data, to: plain, say });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Works on a data folder as a running Muster does. */
async function running<R>(path: string, work: (postgres: RunningPostgres) => Promise<R>): Promise<R> {
  const claimed = claimDataFolder(path);
  const postgres = await startPostgres({ dataFolder: join(path, 'postgres'), durable: false });
  try {
    return await work(postgres);
  } finally {
    await postgres.stop();
    claimed.release();
  }
}

const fill = (postgres: RunningPostgres): Promise<void> =>
  withClient(postgres.url('postgres'), async (client) => {
    await client.query('create table kept as select n, repeat(md5(n::text), 20) as text from generate_series(1, 5000) n');
    mkdirSync(join(data, 'keys'), { mode: 0o700 });
    writeFileSync(join(data, 'keys', 'auth.AUTH_SECRET'), 'a secret', { mode: 0o600 });
  });

const countOf = (path: string): Promise<number | undefined> =>
  running(path, (postgres) => withClient(postgres.url('postgres'), async (client) => (await client.query<{ count: number }>('select count(*)::int as count from kept')).rows[0]?.count));

type Files = Map<string, { header: Headers; content: Buffer }>;

/** Copies a backup with a change that somebody makes. */
async function changed(from: string, change: (files: Files) => void): Promise<string> {
  const [read, write] = [extract(), pack()];
  const files: Files = new Map();
  const take = async (): Promise<void> => {
    for await (const entry of read) files.set(entry.header.name, { header: entry.header, content: await buffer(entry) });
  };
  await Promise.all([pipeline(createReadStream(from), createGunzip(), read), take()]);
  change(files);
  for (const { header, content } of files.values()) write.entry({ ...header, size: content.length }, content);
  write.finalize();
  await pipeline(write, createGzip({ level: 1 }), createWriteStream(at('changed')));
  return at('changed');
}

const leaveOut = (name: RegExp) => (files: Files): void => {
  for (const file of files.keys()) if (name.test(file)) files.delete(file);
};

/** The list of files agrees: only recovery itself can notice. */
function emptyLog(files: Files): void {
  const [segment, list] = [[...files].find(([name]) => /pg_wal\/[0-9A-F]{24}$/.test(name)), files.get(MANIFEST)];
  if (!segment || !list) throw new Error('the backup lacks its log or its list');
  segment[1].content = Buffer.alloc(segment[1].content.length);
  const known = manifest.parse(JSON.parse(list.content.toString()));
  list.content = Buffer.from(JSON.stringify({ ...known, files: { ...known.files, [segment[0]]: createHash('sha256').update(segment[1].content).digest('hex') } }));
}

describe('a backup', () => {
  it('of a running Muster, encrypted, is restored as it was, with its keys, for its owner alone, and backed up from there', async () => {
    expect(statSync(sealed).mode & 0o777).toBe(0o600);
    expect(readFileSync(sealed).subarray(0, SEALED.length)).toEqual(SEALED);
    await restoreBackup({ from: sealed, data: at('new'), identity: at('key'), say });
    const secret = join(at('new'), 'keys', 'auth.AUTH_SECRET');
    expect([statSync(secret).mode & 0o777, readFileSync(secret, 'utf8')]).toEqual([0o600, 'a secret']);
    const claimed = claimDataFolder(at('new'));
    expect(claimed.isRestored).toBe(true);
    claimed.endRestore();
    claimed.release();
    expect(await countOf(at('new'))).toBe(5000);
    await takeBackup({ data: at('new'), to: at('again'), say });
    await restoreBackup({ from: at('again'), data: at('newer'), say });
    expect(await countOf(at('newer'))).toBe(5000);
  });

  it('is refused where there is nothing to back up, another one has the name, or the recipient is none', async () => {
    await expect(takeBackup({ data: at('nowhere'), to: at('more'), say })).rejects.toThrow("There is no Muster's data in");
    await expect(takeBackup({ data, to: plain, say })).rejects.toThrow('exists already');
    await expect(takeBackup({ data, to: at('more'), recipient: 'nobody', say })).rejects.toThrow('--recipient must be a public key of age');
    expect(existsSync(at('more'))).toBe(false);
  });
});

describe('restoring', () => {
  it('into a folder in use, or one that holds something, changes nothing there', async () => {
    const claimed = claimDataFolder(data);
    await expect(restoreBackup({ from: plain, data, say })).rejects.toThrow('nothing is restored into a folder in use');
    claimed.release();
    await expect(restoreBackup({ from: plain, data, say })).rejects.toThrow('holds data already');
    expect(await countOf(data)).toBe(1000);
  });

  it.each([
    ['lacks a key', leaveOut(/AUTH_SECRET/), /AUTH_SECRET is missing/],
    ['lacks a segment of the write-ahead log', leaveOut(/pg_wal\/[0-9A-F]{24}$/), /pg_wal\/[0-9A-F]{24} is missing/],
    ['lacks its list of files', leaveOut(/^backup\.json$/), /its list of files is missing/],
    ['has another key', (files: Files) => files.get('data/keys/auth.AUTH_SECRET')?.content.fill('x'), /AUTH_SECRET is not what was backed up/],
    ['has an empty log that its list agrees with', emptyLog, /The database did not start/],
  ])('what %s is refused, and nothing is left of it', async (_what, change, sentence) => {
    const from = await changed(plain, change);
    await expect(restoreBackup({ from, data: at('refused'), say })).rejects.toThrow(sentence);
    expect(readdirSync(at('refused'))).toEqual([]);
  });

  it('an encrypted backup with another key, or none, is refused', async () => {
    writeFileSync(at('other'), (await makeKey()).file);
    await expect(restoreBackup({ from: sealed, data: at('refused'), say })).rejects.toThrow('name the file with its key by --identity');
    await expect(restoreBackup({ from: sealed, data: at('refused'), identity: at('other'), say })).rejects.toThrow('does not open this backup');
    await expect(restoreBackup({ from: sealed, data: at('refused'), identity: plain, say })).rejects.toThrow('holds no key of age');
  });

  it('that was killed leaves a folder on which nothing starts', () => {
    mkdirSync(at('killed'));
    writeFileSync(join(at('killed'), 'restoring'), '');
    expect(() => claimDataFolder(at('killed'))).toThrow('did not come to its end');
  });
});
