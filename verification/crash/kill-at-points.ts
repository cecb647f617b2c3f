// `npm run crash:points -- [--seed S] [--first N] [--most N]`: the process kills itself between any two steps of relay, consumer and timer; what is left is judged.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { crashPoints } from '@muster/platform/messaging/crash-points';
import { freePort } from '@muster/platform/testing/free-port';
import { conclude, table } from '../../tools/check/report';
import { endTogether, temporaryFolder } from '../product/program';
import { Random } from '../product/random';
import { build, Standalone } from '../product/standalone';
import { hurryTime, judge, wholeNumber } from './run';
import { Traffic } from './traffic';

const PASSES = [1, 2, 17];
const VISIT_MS = 60_000;
/** A history is judged as a whole each time; a new one from time to time keeps that short. */
const RUNS_OF_A_MARKET = 6;

const { values: options } = parseArgs({ options: { seed: { type: 'string', default: String(Date.now() % 1_000_000_000) }, first: { type: 'string', default: '1' }, most: { type: 'string', default: '1000' } } });

interface Run {
  readonly point: string;
  readonly pass: number;
  readonly visited: boolean;
  readonly faults: readonly string[];
}

async function main(): Promise<void> {
  endTogether();
  const seed = wholeNumber(options.seed);
  const random = new Random(seed);
  const all = crashPoints.flatMap((point) => PASSES.map((pass) => ({ point, pass })));
  const wanted = all.slice(wholeNumber(options.first) - 1).slice(0, wholeNumber(options.most));
  console.log(`Seed ${seed}, ${wanted.length} of ${all.length} points and passes.`);
  build('standalone', 'frontend');
  const runs: Run[] = [];
  for (let at = 0; at < wanted.length; at += RUNS_OF_A_MARKET) {
    const product = new Standalone({ data: temporaryFolder('crash'), port: await freePort(), env: { MUSTER_CRASH_POINTS: 'on' } });
    await product.start();
    const traffic = await Traffic.of(product, { workers: 6, contractors: 3 }, random.fork());
    await product.end();
    for (const { point, pass } of wanted.slice(at, at + RUNS_OF_A_MARKET)) {
      const run = await visit(product, traffic, point, pass);
      runs.push(run);
      console.log(`${run.visited ? 'killed at' : 'NEVER AT '} ${point} ${pass}: ${run.faults.length === 0 ? 'nothing wrong' : run.faults.slice(0, 5).join('\n    ')}`);
    }
  }
  report(runs, wanted.length, seed);
}

/** With the point armed until it kills; then without it until all is quiet. */
async function visit(product: Standalone, traffic: Traffic, point: string, pass: number): Promise<Run> {
  traffic.start();
  const stopHurrying = hurryTime(product, { invites: 2, everyMs: 150 });
  const started = await product.start({ MUSTER_CRASH_AT: `${point}:${pass}` });
  const visited = started === undefined || (await product.gone(VISIT_MS));
  if (!visited) await product.kill();
  await product.start();
  await sleep(400);
  await traffic.stop();
  await stopHurrying();
  const { faults } = await judge(product, traffic, { waitForLeases: false });
  await product.end();
  return { point, pass, visited, faults };
}

function report(runs: readonly Run[], wanted: number, seed: number): void {
  const cell = (point: string, pass: number): string => {
    const run = runs.find((one) => one.point === point && one.pass === pass);
    if (!run) return '';
    return run.visited ? `${run.faults.length} faults` : 'never';
  };
  const points = [...new Set(runs.map(({ point }) => point))];
  console.log(`\n${table(['point', ...PASSES.map((pass) => `pass ${pass}`)], points.map((point) => [point, ...PASSES.map((pass) => cell(point, pass))]))}`);
  const faults = runs.reduce((sum, run) => sum + run.faults.length, 0);
  const notVisited = runs.filter(({ visited }) => !visited).length;
  conclude({
    name: 'crash:points',
    figures: { seed, points: points.length, kills: runs.length - notVisited, notVisited, faults },
    aims: { kills: `${crashPoints.length * PASSES.length}`, notVisited: '0', faults: '0' },
    met: faults === 0 && notVisited === 0 && runs.length === wanted,
  });
  process.exit();
}

void main();
