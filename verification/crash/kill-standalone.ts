// `npm run crash:standalone -- [--kills N] [--seed S]`: kills standalone at random moments while people use it, and judges what is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildCopy, temporaryFolder } from './build-copy';
import { freePort } from '@muster/platform/testing/free-port';
import { describeProcess, goneAfter, Product } from './product';
import { Random } from './random';
import { conclude, table } from '../../tools/check/report';
import { endTogether, hurryTime, judge, optionOf } from './run';
import { openMarket, Traffic } from './traffic';

const DATABASE_GONE_MS = 5000;
/** Every so many kills the database's postmaster goes with the process, and the next start recovers from its log. */
const DATABASE_EVERY = 5;

async function main(): Promise<void> {
  endTogether();
  const kills = optionOf('kills', 50);
  const seed = optionOf('seed', Date.now() % 1_000_000_000);
  console.log(`Seed ${seed}, ${kills} kills.`);
  const random = new Random(seed);
  const product = new Product({ program: BuildCopy.make().program(), data: temporaryFolder('data'), port: await freePort() });
  await product.start();
  const traffic = new Traffic(await openMarket(product, { workers: 12, contractors: 4 }), product, random.fork());
  traffic.start();
  const stopHurrying = hurryTime(product);
  const left: number[] = [];
  const starts: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    await traffic.answered(5, 10_000); // from here on any moment is one during writes
    await sleep(random.between(0, 2500));
    const before = product.databaseProcesses();
    if (kill % DATABASE_EVERY === 0) await product.killWithDatabase();
    else await product.kill();
    // In turns: after the database is gone, and at once, when the start has to see to it.
    const gone = goneAfter(product, before, DATABASE_GONE_MS);
    if (kill % 2 === 0) await gone;
    const startedAt = Date.now();
    await product.start();
    starts.push(Date.now() - startedAt);
    left.push(await gone);
    if ((await gone) >= DATABASE_GONE_MS) console.log(`\nAfter kill ${kill}: ${before.filter((pid) => product.databaseProcesses().includes(pid)).map(describeProcess).join('\n  ')}`);
    process.stdout.write(`\rkill ${kill} of ${kills}, ${traffic.history.countOf('ok')} writes and reads answered, ${traffic.history.countOf('unknown')} unknown  `);
  }
  await sleep(1000);
  await traffic.stop();
  await stopHurrying();
  const { verdicts, faults, invites } = await judge(product, traffic);
  const before = product.databaseProcesses();
  const said = product.output.split('\n').filter((line) => /"level":"?(error|fatal|50|60)/.test(line));
  const code = await product.end();
  const tooLong = left.filter((ms) => ms >= DATABASE_GONE_MS).length;
  console.log(`\n\n${table(['rule', 'looked at', 'broken'], verdicts.map(({ rule, seen, faults: broken }) => [rule, seen, broken.length]))}`);
  for (const fault of faults.slice(0, 40)) console.log(`  ! ${fault}`);
  for (const line of faults.length > 0 ? said.slice(-5) : []) console.log(`  Muster: ${line.slice(0, 600)}`);
  const blind = verdicts.filter(({ seen }) => seen === 0).map(({ rule }) => rule);
  if (blind.length > 0) console.log(`Not exercised: ${blind.join('; ')}`);
  const { history } = traffic;
  conclude({
    name: 'crash:standalone',
    figures: {
      kills, seed, acknowledged: history.countOf('ok'), refused: history.countOf('fail'), unknown: history.countOf('unknown'), invites, faults: faults.length, rulesNotExercised: blind.length,
      databaseLeftMost: Math.max(...left), databaseLeftTooLong: tooLong, restartMedianMs: [...starts].sort((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0,
      exitCode: code ?? -1, processesAfterEnd: before.filter((pid) => product.databaseProcesses().includes(pid)).length,
      tier: 'SIGKILL of the process, every fifth of the postmaster too; the machine and its disk stayed up',
    },
    aims: { faults: '0', databaseLeftTooLong: '0 (5 s after each kill)', rulesNotExercised: '0', unknown: '> 0' },
    met: faults.length === 0 && tooLong === 0 && blind.length === 0 && code === 0 && history.countOf('unknown') > 0,
  });
  process.exit();
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
