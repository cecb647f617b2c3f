// `npm run restore:drill`: backs Muster up while people use it, destroys it, restores it and compares; and plants faults that must be refused.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAccount, refresh } from '@muster/contracts/auth/routes';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { listInvites } from '@muster/contracts/matching/invites.routes';
import { withClient } from '@muster/platform/database/with-client';
import { freePort } from '@muster/platform/testing/free-port';
import { startPostgres } from '../../apps/standalone/src/postgres/start-postgres';
import { conclude, table } from '../../tools/check/report';
import { untilQuiet } from '../crash/databases';
import { Traffic } from '../crash/traffic';
import { codeFromOutbox } from '../product/codes';
import { endTogether, root, temporaryFolder } from '../product/program';
import { Random } from '../product/random';
import { build, Standalone } from '../product/standalone';
import { Visitor } from '../product/visitor';
import { walkTheThread } from '../smoke/walk';
import { differences, rowsIn, takeFingerprints } from './fingerprints';

const program = join(root, 'apps/standalone/dist/backup/main.js');
const folder = temporaryFolder('restore');
const inFolder = (name: string): string => join(folder, name);
const data = inFolder('data');
/** So much of the backup has come when the writes after its beginning are counted: little of it. */
const FIRST_BYTES = 1_000_000;

/** Node of Muster stands still, its database answers: what was committed is looked at before the next write. */
async function standStill<R>(product: Standalone, work: () => Promise<R>): Promise<R> {
  process.kill(product.pid, 'SIGSTOP');
  const busy = "select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and state = 'active' and pid <> pg_backend_pid()";
  try {
    await withClient(product.databaseUrl('auth'), async (client) => {
      while ((await client.query<{ count: number }>(busy)).rows[0]?.count !== 0) await sleep(20);
    });
    return await work();
  } finally {
    process.kill(product.pid, 'SIGCONT');
  }
}

/** Reads a backup slowly enough that people write while it is made; they pause for its end, so that its instant is known. */
async function backUpInUse(product: Standalone, traffic: Traffic, recipient: string, to: string) {
  const child = spawn(process.execPath, [program, 'backup', '--data', data, '--to', '-', '--recipient', recipient], { stdio: ['ignore', 'pipe', 'inherit'] });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const pieces: Buffer[] = [];
  const stdout = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const readUntil = async (bytes: number): Promise<void> => {
    for (let size = 0; size < bytes; size += pieces.at(-1)?.length ?? 0) {
      const { value, done } = await stdout.next();
      if (done) return;
      pieces.push(value);
    }
  };
  await readUntil(FIRST_BYTES);
  const before = traffic.history.countOf('ok');
  await traffic.answered(60, 60_000);
  const writesMeanwhile = traffic.history.countOf('ok') - before;
  return standStill(product, async () => {
    await readUntil(Infinity);
    if ((await code) !== 0) throw new Error('the backup failed');
    writeFileSync(to, Buffer.concat(pieces));
    return { writesMeanwhile, instant: await takeFingerprints((service) => product.databaseUrl(service)) };
  });
}

function restore(from: string, into: string, identity?: string): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, [program, 'restore', '--from', from, '--data', into, ...(identity ? ['--identity', identity] : [])], { encoding: 'utf8' });
  return { code: status, said: stderr.trim() };
}

/** What auth and another service answer to somebody's token. */
const answersTo = async (somebody: Visitor): Promise<string> => [await somebody.send(readAccount), await somebody.send(listInvites)].map((answer) => answer?.status).join(' ');

async function epochs(product: Standalone): Promise<string[]> {
  return Promise.all(serviceNames.map((service) => withClient(product.databaseUrl(service), async (client) => (await client.query<{ epoch: string }>('select epoch::text from event_numbering')).rows[0]?.epoch ?? '')));
}

async function main(): Promise<void> {
  endTogether();
  build('standalone', 'frontend');
  const product = new Standalone({ data, port: await freePort() });
  await product.start();
  const site = { origin: product.origin, codeFor: codeFromOutbox(() => product.terminalCookie()) };
  const somebody = await Visitor.signUp(site, 'somebody@example.org', 'worker');
  const traffic = await Traffic.of(product, { workers: 8, contractors: 3 }, new Random(11));
  traffic.start();
  await traffic.answered(60, 60_000);
  const makeKey = (name: string): string => execFileSync(process.execPath, [program, 'backup', '--make-key', inFolder(name)], { encoding: 'utf8' }).trim();
  const recipient = makeKey('key');
  makeKey('other-key');

  const { writesMeanwhile, instant } = await backUpInUse(product, traffic, recipient, inFolder('backup.age'));
  const before = traffic.history.countOf('ok');
  await traffic.answered(60, 60_000);
  const plain = inFolder('plain.tar.gz');
  execFileSync(process.execPath, [program, 'backup', '--data', data, '--to', plain], { stdio: 'inherit' });
  await traffic.stop();
  const writesLost = traffic.history.countOf('ok') - before;
  const written = differences(instant, await takeFingerprints((service) => product.databaseUrl(service)));
  const tokenBefore = await answersTo(somebody);
  const epochsBefore = await epochs(product);

  execFileSync('/bin/sh', ['-c', `gzip -dc ${plain} | tar --delete -f - --wildcards 'postgres/pg_wal/0*' | gzip -1 > ${inFolder('holed.tar.gz')}`]);
  const faults: Array<[fault: string, refused: { code: number | null; said: string }, sentence: RegExp]> = [
    ['a folder in use', restore(inFolder('backup.age'), data, inFolder('key')), /nothing is restored into a folder in use/],
    ['a wrong key', restore(inFolder('backup.age'), inFolder('new'), inFolder('other-key')), /does not open this backup/],
    ['a file of the write-ahead log is missing', restore(inFolder('holed.tar.gz'), inFolder('new')), /pg_wal\/\w{24} is missing/],
  ];
  await product.kill({ database: true });
  rmSync(data, { recursive: true });

  const began = performance.now();
  const { code, said } = restore(inFolder('backup.age'), data, inFolder('key'));
  const restoreSeconds = Math.round((performance.now() - began) / 100) / 10;
  if (code !== 0) throw new Error(`the restore failed: ${said}`);
  const postgres = await startPostgres({ dataFolder: join(data, 'postgres') });
  const restored = await takeFingerprints((service: ServiceName) => postgres.url(`muster_${service}`));
  await postgres.stop();
  const different = differences(instant, restored);

  const startMs = (await product.start()) ?? 0;
  const tokenAfter = await answersTo(somebody);
  const refreshAfter = (await somebody.send(refresh, { body: { attemptId: crypto.randomUUID() } }))?.status;
  const epochsAfter = await epochs(product);
  await Visitor.signIn(site, 'somebody@example.org', 'worker');
  const { steps } = await walkTheThread(site, () => undefined);
  const unrest = await untilQuiet(product, 60_000);
  const exit = await product.end();

  const unnoticed = faults.filter(([, { code: refused, said: sentence }, expected]) => refused === 0 || !expected.test(sentence));
  console.log(table(['planted', 'noticed', 'said'], faults.map((fault) => [fault[0], unnoticed.includes(fault) ? 'no' : 'yes', fault[1].said.replaceAll(`${folder}/`, '').slice(0, 110)])));
  if (different.length > 0) console.log(`Not as they were: ${different.join(', ')}`);
  if (unrest !== undefined) console.log(`Not quiet: ${unrest}`);
  const epochsRenewed = epochsAfter.filter((epoch, at) => epoch !== epochsBefore[at]).length;
  conclude({
    name: 'restore:drill',
    figures: {
      tables: instant.size, rows: rowsIn(instant), events: rowsIn(instant, 'outbox'), tablesDifferent: different.length, writesDuringBackup: writesMeanwhile, writesAfterIt: writesLost, tablesWrittenAfterIt: written.length,
      backupMB: Math.round(statSync(inFolder('backup.age')).size / 1e5) / 10, restoreSeconds, startSeconds: Math.round(startMs / 100) / 10, epochsRenewed, tokenBefore, tokenAfter, refreshAfter, stepsWalked: steps,
      planted: faults.length, unnoticed: unnoticed.length, exitCode: exit ?? -1,
    },
    aims: { tablesDifferent: '0', tablesWrittenAfterIt: '> 0 (so that a difference would be seen)', epochsRenewed: '5', tokenBefore: '200 200', tokenAfter: '401 401', refreshAfter: '401', unnoticed: '0' },
    met: different.length === 0 && written.length > 0 && writesMeanwhile > 0 && epochsRenewed === serviceNames.length && tokenBefore === '200 200' && tokenAfter === '401 401' && refreshAfter === 401 && unnoticed.length === 0 && unrest === undefined && exit === 0,
  });
  process.exit();
}

void main();
