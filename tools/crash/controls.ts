// `npm run crash:controls -- [--seed S] [--only N]`: plants one fault at a time into a copy of the build; the crash harness must find each.
import { BuildCopy, temporaryFolder } from './build-copy';
import { plantedFaults, type PlantedFault } from './planted-faults';
import { freePort } from '@muster/platform/testing/free-port';
import { goneAfter, Product } from './product';
import { Random } from './random';
import { conclude, table } from './report';
import { endTogether, hurryTime, judge, optionOf } from './run';
import { openMarket, Traffic } from './traffic';

const SEEDS = 3;
const ANSWERS = 350;
const TRAFFIC_MS = 45_000;
const DATABASE_GONE_MS = 5000;

const sound: PlantedFault = { name: '(none: the product as it is)', patches: [], kills: 2 };

async function main(): Promise<void> {
  endTogether();
  const seed = optionOf('seed', Date.now() % 1_000_000_000);
  const only = optionOf('only', 1_000);
  const chosen = only === 1_000 ? [sound, ...plantedFaults] : plantedFaults.slice(only - 1, only);
  const copy = BuildCopy.make();
  const rows: Array<[string, string, string]> = [];
  let missed = 0;
  for (const planted of chosen) {
    let faults: readonly string[] = [];
    let tries = 0;
    while (faults.length === 0 && tries < (planted === sound ? 1 : SEEDS)) {
      tries += 1;
      faults = await tryOut(copy, planted, new Random(seed + tries));
    }
    const asItShould = (faults.length > 0) === (planted !== sound);
    if (!asItShould) missed += 1;
    const verdict = planted === sound ? (asItShould ? 'clean' : 'NOT CLEAN') : asItShould ? `found with seed ${tries}` : 'MISSED';
    rows.push([planted.name, verdict, (faults[0] ?? '').slice(0, 110)]);
    console.log(`${planted.name}: ${verdict}; ${faults.length} findings, such as: ${faults[0] ?? '-'}`);
  }
  console.log(`\n${table(['planted fault', '', 'first finding'], rows)}`);
  conclude({
    name: 'crash:controls',
    figures: { planted: chosen.filter((one) => one !== sound).length, missed, seed },
    aims: { planted: '≥ 6', missed: '0' },
    met: missed === 0,
  });
  process.exit();
}

/** One short run with the fault. @returns what was found */
async function tryOut(copy: BuildCopy, planted: PlantedFault, random: Random): Promise<readonly string[]> {
  const undo = copy.plant(planted.patches);
  const product = new Product({ program: copy.program(), data: temporaryFolder('data'), port: await freePort(), env: { MUSTER_CRASH_POINTS: 'on' } });
  const found: string[] = [];
  try {
    await product.start();
    const traffic = new Traffic(await openMarket(product, { workers: 5, contractors: 2 }), product, random.fork());
    traffic.start();
    const stopHurrying = hurryTime(product);
    await traffic.answered(ANSWERS, TRAFFIC_MS);
    for (let kill = 0; kill < planted.kills; kill += 1) found.push(...(await killOnce(product, traffic)));
    if (planted.crashAt) await crashOnce(product, planted.crashAt);
    await traffic.answered(20, 5000);
    await traffic.stop();
    await stopHurrying();
    found.push(...(await judge(product, traffic, { waitForLeases: false, quietMs: 12_000 })).faults);
  } catch (error) {
    found.push(`the run could not be finished: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await product.kill();
    await goneAfter(product, product.databaseProcesses(), DATABASE_GONE_MS);
    for (const pid of product.databaseProcesses()) process.kill(Number(pid), 'SIGKILL'); // of the data folder of this run
    undo();
  }
  return found;
}

async function killOnce(product: Product, traffic: Traffic): Promise<string[]> {
  const before = product.databaseProcesses();
  await product.kill();
  const left = await goneAfter(product, before, DATABASE_GONE_MS);
  await product.start();
  await traffic.answered(30, 10_000);
  return left >= DATABASE_GONE_MS ? ['the database was still there 5 s after the kill'] : [];
}

async function crashOnce(product: Product, point: string): Promise<void> {
  await product.kill();
  if ((await product.start({ MUSTER_CRASH_AT: point })) === 'ready') await product.gone(30_000);
  await product.kill();
  await product.start();
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
