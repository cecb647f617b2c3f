// `npm run crash:standalone -- [--kills N] [--seed S]`: kills standalone at random moments while people use it, and judges what is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '@muster/platform/testing/free-port';
import { conclude, table } from '../../tools/check/report';
import { endTogether, temporaryFolder } from '../product/program';
import { Random } from '../product/random';
import { build, Standalone } from '../product/standalone';
import { hurryTime, judge, wholeNumber } from './run';
import { Traffic } from './traffic';

const DATABASE_GONE_MS = 5000;
/** Every so many kills the database's postmaster goes with the process, and the next start recovers from its log. */
const DATABASE_EVERY = 5;

const { values: options } = parseArgs({ options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } } });

async function main(): Promise<void> {
  endTogether();
  const kills = wholeNumber(options.kills);
  const seed = wholeNumber(options.seed);
  console.log(`Seed ${seed}, ${kills} kills.`);
  const random = new Random(seed);
  build('standalone', 'frontend');
  const product = new Standalone({ data: temporaryFolder('crash'), port: await freePort() });
  await product.start();
  const traffic = await Traffic.of(product, { workers: 12, contractors: 4 }, random.fork());
  const { history } = traffic;
  traffic.start();
  const stopHurrying = hurryTime(product);
  const left: number[] = [];
  const starts: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    await traffic.answered(5, 10_000); // from here on any moment is one during writes
    await sleep(random.whole(0, 2500));
    const before = product.databaseProcesses();
    await product.kill({ database: kill % DATABASE_EVERY === 0 });
    // In turns: after the database is gone, and at once, when the start has to see to it.
    const gone = product.databaseGoneAfter(before, DATABASE_GONE_MS);
    if (kill % 2 === 0) await gone;
    starts.push((await product.start()) ?? 0);
    left.push(await gone);
    process.stdout.write(`\rkill ${kill} of ${kills}, ${history.countOf('ok')} writes and reads answered, ${history.countOf('unknown')} unknown  `);
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
  conclude({
    name: 'crash:standalone',
    figures: {
      kills, seed, acknowledged: history.countOf('ok'), refused: history.countOf('fail'), unknown: history.countOf('unknown'), invites, faults: faults.length, rulesNotExercised: blind.length,
      databaseLeftMost: Math.max(...left), databaseLeftTooLong: tooLong, restartMedianMs: Math.round(starts.toSorted((a, b) => a - b)[starts.length >> 1] ?? 0),
      exitCode: code ?? -1, processesAfterEnd: before.filter((pid) => product.databaseProcesses().includes(pid)).length,
      tier: 'SIGKILL of the process, every fifth of the postmaster too; the machine and its disk stayed up',
    },
    aims: { faults: '0', databaseLeftTooLong: '0 (5 s after each kill)', rulesNotExercised: '0', unknown: '> 0' },
    met: faults.length === 0 && tooLong === 0 && blind.length === 0 && code === 0 && history.countOf('unknown') > 0,
  });
  process.exit();
}

void main();
