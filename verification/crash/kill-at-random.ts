// `npm run proof:crash -- [--kills N] [--seed S]` (the five services as two processes each) and `npm run crash:standalone`: harms Muster at random moments while people use it, and judges what is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { conclude, counted, table } from '../../tools/check/report';
import { endTogether } from '../product/program';
import { Random } from '../product/random';
import { build } from '../product/standalone';
import { hurryTime, judge, wholeNumber } from './run';
import { servicesTopology } from './services-topology';
import { standaloneTopology } from './topology';
import { Traffic } from './traffic';

const topologies = { standalone: { open: standaloneTopology, name: 'crash:standalone' }, services: { open: servicesTopology, name: 'proof:crash' } };

const { values: options } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) }, topology: { type: 'string', default: 'services' } },
});

async function main(): Promise<void> {
  endTogether();
  const kills = wholeNumber(options.kills);
  const seed = wholeNumber(options.seed);
  const { open, name } = topologies[options.topology === 'standalone' ? 'standalone' : 'services'];
  console.log(`Seed ${seed}, ${kills} kills.`);
  const random = new Random(seed);
  build();
  const topology = await open();
  const { product } = topology;
  const traffic = await Traffic.of(product, { workers: 12, contractors: 4 }, random.fork());
  const { history } = traffic;
  traffic.start();
  const stopHurrying = hurryTime(product);
  const done: string[] = [];
  for (let nth = 1; nth <= kills; nth += 1) {
    await traffic.answered(5, 10_000); // from here on any moment is one during writes
    await sleep(random.whole(0, 2500));
    done.push(await topology.harm(nth, random));
    process.stdout.write(`\rkill ${nth} of ${kills}, ${history.countOf('ok')} writes and reads answered, ${history.countOf('unknown')} unknown  `);
  }
  await topology.heal();
  await traffic.stop();
  await stopHurrying();
  const { verdicts, faults, invites } = await judge(product, traffic);
  const said = topology.complaints();
  const { figures, wrong } = await topology.end();
  console.log(`\n\n${counted(done)}\n\n${table(['rule', 'looked at', 'broken'], verdicts.map(({ rule, seen, faults: broken }) => [rule, seen, broken.length]))}`);
  for (const fault of faults.slice(0, 40)) console.log(`  ! ${fault}`);
  for (const line of faults.length > 0 ? said.slice(-5) : []) console.log(`  Muster: ${line.slice(0, 600)}`);
  const blind = verdicts.filter(({ seen }) => seen === 0).map(({ rule }) => rule);
  if (blind.length > 0) console.log(`Not exercised: ${blind.join('; ')}`);
  if (wrong.length > 0) console.log(`Not as it should be: ${wrong.join(', ')}`);
  conclude({
    name,
    figures: {
      kills, seed, acknowledged: history.countOf('ok'), refused: history.countOf('fail'), unknown: history.countOf('unknown'), invites, faults: faults.length, rulesNotExercised: blind.length,
      ...figures, tier: topology.tier,
    },
    aims: { faults: '0', rulesNotExercised: '0', unknown: '> 0' },
    met: faults.length === 0 && wrong.length === 0 && blind.length === 0 && history.countOf('unknown') > 0,
  });
  process.exit();
}

void main();
