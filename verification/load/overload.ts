// `npm run overload [-- --seconds 10]`: more than the server can do, on a route that costs at least 5 ms, server and database on one core and k6 on the other; goodput, lateness, class A, memory and
// the return to normal at 1, 2, 5 and 10 times the measured capacity, and once without shedding, which must be red. Writes docs/OVERLOAD.md. 4 minutes on a machine that nothing else uses.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPool } from '@muster/platform/database/pool';
import { freePort } from '@muster/platform/testing/free-port';
import { conclude, markdownTable, table } from '../../tools/check/report';
import { where } from '../bench/report';
import { endTogether, root, temporaryFolder } from '../product/program';
import { build, Standalone } from '../product/standalone';
import { ClassA } from './class-a';
import { k6 } from './k6';
import { aims, CAPACITY_P99_MS, CONTROL_TIMES, DRIFT, faultsOf, LATE_SHARE, LEAST_COST_MS, TIMES, type Step } from './overload.rules';

const { values: asked } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, 'no-keep': { type: 'boolean', default: false } } });
const seconds = Number(asked.seconds);
const CALLERS = 4;
/** Of what a few callers get at most: above it a queue grows by chance alone. */
const SHARE = 0.8;
const ATTEMPTS = 8;
const BACK_MS = 30_000;
/** Masons near the site, as many as make a search for them costly: each of the demo's own is there so many times. */
const COPIES = 2500;

interface Load { readonly good: number; readonly shed: number; readonly p99Ms: number; readonly lateShare: number; readonly wrong: boolean }

class Server {
  /** Of a request, measured while it was warm. */
  costMs = 0;

  private constructor(
    readonly product: Standalone,
    readonly people: ClassA,
  ) {}

  static async start(env: Readonly<Record<string, string>>): Promise<Server> {
    const product = new Standalone({ data: temporaryFolder('overload'), port: await freePort(), arguments: ['--demo'], env });
    await product.start();
    const people = await ClassA.of(product);
    const pool = openPool({ url: product.databaseUrl('matching'), applicationName: 'overload', size: 1, statementTimeoutMs: 0, onIdleError: () => undefined });
    const near = `cell_latitude between 20.9 and 21.4 and cell_longitude between 78.8 and 79.4 and skills @> '[{"trade": "mason"}]'`;
    await pool.query(`insert into worker_documents select (jsonb_populate_record(w, jsonb_build_object('person_id', gen_random_uuid()))).* from worker_documents w, generate_series(1, ${COPIES}) where ${near}`);
    await pool.end();
    await product.end();
    await product.start(); // the index is read anew
    for (const pid of [String(product.pid), ...product.databaseProcesses()]) execFileSync('taskset', ['-a', '-cp', '0', pid], { stdio: 'ignore' });
    const server = new Server(product, people);
    await server.load(0, 5, CALLERS); // compilers warm up
    const before = server.busyMs();
    const { good } = await server.load(0, 5, CALLERS);
    server.costMs = (server.busyMs() - before) / (good * 5);
    console.log(`A search costs ${server.costMs.toFixed(1)} ms of the server's core.`);
    return server;
  }

  /** Milliseconds of a core that node and database have used; a hundredth of a second is what the system counts in. */
  private busyMs(): number {
    const ticks = [String(this.product.pid), ...this.product.databaseProcesses()].map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    });
    return ticks.reduce((sum, each) => sum + each, 0) * 10;
  }

  /** One load, by k6 from the other core: open at a rate, or closed by so many callers. */
  async load(rate: number, forSeconds: number, callers = 0): Promise<Load> {
    await this.people.contractor.refresh();
    const HEADERS = JSON.stringify({ authorization: this.people.contractor.bearer, origin: this.product.origin });
    const { held, metrics } = await k6('overload.k6.js', { URL: this.people.costly, HEADERS, RATE: String(rate), SECONDS: String(forSeconds), CALLERS: String(callers) }, ['taskset', '-c', '1']);
    const count = (name: string): number => metrics[name]?.['count'] ?? 0;
    const lateShare = callers > 0 ? 0 : Math.max(0, 1 - count('iterations') / (rate * forSeconds));
    return { good: count('good') / forSeconds, shed: count('shed') / forSeconds, p99Ms: metrics['admitted']?.['p(99)'] ?? 0, lateShare, wrong: !held };
  }

  /**
   * At capacity and at so many times as much, one right after the other, between two measurements of what the server can do
   * at all. Tried again where these two differ, because then something else has used the core meanwhile, or where k6 was late.
   */
  async at(times: number): Promise<{ base: Step; step: Step }> {
    let best: { base: Step; step: Step; why: string } | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const most = await this.load(0, 4, CALLERS);
      const rate = Math.round(most.good * SHARE);
      const base = await this.stepAt(1, rate);
      const step = await this.stepAt(times, rate);
      const after = await this.load(0, 4, CALLERS);
      const drift = Math.abs(after.good / most.good - 1);
      const whys: Array<[boolean, string]> = [
        [drift > DRIFT, `the machine changed by ${(drift * 100).toFixed(0)} %`],
        [base.p99Ms > CAPACITY_P99_MS || base.shed > 0.00025 * rate, `p99 was ${base.p99Ms.toFixed(0)} ms at ${rate} a second, ${base.shed.toFixed(1)} refused: that is no capacity`],
        [Math.max(base.lateShare, step.lateShare) > LATE_SHARE, 'k6 was late'],
      ];
      const why = whys.filter(([holds]) => holds).map(([, words]) => words).join(', ');
      console.log(`${times} × of ${rate} a second (${most.good.toFixed(0)} at most, ${after.good.toFixed(0)} after): ${why === '' ? 'counts' : `does not count, ${why}`}`);
      best = { base, step, why };
      if (why === '') break;
    }
    if (!best || best.why !== '') throw new Error(`no run at ${times} × counts: ${best?.why}`);
    return best;
  }

  private async stepAt(times: number, rate: number): Promise<Step> {
    const before = { asked: this.people.asked, refused: this.people.refused };
    let mostMb = 0;
    const memory = setInterval(() => (mostMb = Math.max(mostMb, this.memoryMb())), 250);
    const [seen] = await Promise.all([this.load(rate * times, seconds), times === 2 ? this.people.during(seconds * 1000) : undefined]);
    clearInterval(memory);
    const askedOfA = this.people.asked - before.asked;
    return { times, asked: rate * times, ...seen, mostMb, backMs: await this.backMs(), classA: askedOfA === 0 ? undefined : 1 - (this.people.refused - before.refused) / askedOfA, askedOfA };
  }

  private memoryMb(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.product.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  }

  /** Until ten questions in a row were answered, each within the capacity's own latency. */
  private async backMs(): Promise<number> {
    const from = performance.now();
    for (let calm = 0, calmSince = from; performance.now() - from < BACK_MS; ) {
      const start = performance.now();
      const answer = await fetch(this.people.costly, { headers: { authorization: this.people.contractor.bearer } }).then(async (one) => (await one.arrayBuffer(), one.status), () => 0);
      const isCalm = answer === 200 && performance.now() - start < CAPACITY_P99_MS;
      if (!isCalm) calm = 0;
      else if ((calm += 1) === 1) calmSince = start;
      if (calm === 10) return Math.round(calmSince - from);
      await sleep(50);
    }
    return BACK_MS;
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const head = ['load', 'asked a second', 'answered a second', 'goodput', 'refused a second', 'p99 of admitted', 'class A', 'memory', 'back to normal', 'k6 late'];

function rowOf(base: Step, { times, asked: wanted, good, shed, p99Ms, classA, askedOfA, mostMb, backMs, lateShare }: Step, name = `${times} ×`): string[] {
  const ofA = classA === undefined ? '–' : `${percent(classA)} of ${askedOfA}`;
  return [name, wanted.toFixed(0), good.toFixed(0), percent(good / base.good), shed.toFixed(0), `${p99Ms.toFixed(0)} ms`, ofA, `${mostMb.toFixed(0)} MB`, `${(backMs / 1000).toFixed(1)} s`, percent(lateShare)];
}

async function main(): Promise<void> {
  endTogether();
  build('standalone', 'frontend');
  const server = await Server.start({ SHED_LOAD: 'true' });
  const pairs: Array<{ base: Step; step: Step }> = [];
  for (const times of TIMES) pairs.push(await server.at(times));
  await server.product.end();
  const bare = await Server.start({ SHED_LOAD: 'false' });
  const control = await bare.at(CONTROL_TIMES);
  await bare.product.kill();

  const faults = pairs.flatMap(({ base, step }) => faultsOf(base, step));
  const controlFaults = faultsOf(control.base, control.step);
  const { costMs } = server;
  if (costMs < LEAST_COST_MS) faults.push(`a search costs ${costMs.toFixed(1)} ms, too little for k6 to ask ten times as many`);
  const rows = [...pairs.flatMap(({ base, step }) => [rowOf(base, base, `1 × (before ${step.times} ×)`), rowOf(base, step)]), rowOf(control.base, control.step, `${CONTROL_TIMES} ×, SHED_LOAD=false`)];
  console.log(`\n${table(head, rows)}\n`);
  for (const fault of faults) console.log(`  ✗ ${fault}`);
  console.log(`Without shedding: ${controlFaults.join('; ') || 'nothing is missed'}`);
  if (!asked['no-keep']) {
    writeFileSync(join(root, 'docs', 'OVERLOAD.md'), `${[
      '# Overload',
      `Written by \`npm run overload\` from its own run. The workers for a line of fifty days are asked for (class C, ${costMs.toFixed(1)} ms of the server’s core for each) in an open loop by k6 on one core; standalone and its database share the other. Capacity is ${SHARE * 100} % of what ${CALLERS} callers get at most, if 99 % are then answered within ${CAPACITY_P99_MS} ms and nobody is refused; it is measured anew before each multiple, and after it, and a run during which it changed by more than ${DRIFT * 100} %, or that k6 was late for by more than ${LATE_SHARE * 100} %, does not count. Class A (refresh, send, invite and accept) is asked beside the load at 2 ×.`,
      markdownTable(head, rows),
      faults.length === 0 ? 'All aims are met.' : `Missed: ${faults.join('; ')}.`,
      controlFaults.length > 0 ? `The control without shedding is red, as it must be: ${controlFaults.join('; ')}.` : 'The control without shedding is not red, so that this run shows nothing.',
      `Measured ${new Date().toISOString().slice(0, 10)} on ${where()}.`,
    ].join('\n\n')}\n`);
  }
  const goodputs = Object.fromEntries(pairs.map(({ base, step }) => [`goodputAt${step.times}`, Number((step.good / base.good).toFixed(3))]));
  const worst = (of: (pair: { base: Step; step: Step }) => number): number => Number(Math.max(...pairs.map(of)).toFixed(2));
  conclude({
    name: 'overload',
    figures: {
      costMs: Number(costMs.toFixed(1)), capacityPerSecond: Math.min(...pairs.map(({ base }) => base.asked)), ...goodputs, classAAt2: pairs.find(({ step }) => step.classA !== undefined)?.step.classA ?? 0,
      p99TimesCapacity: worst(({ base, step }) => step.p99Ms / base.p99Ms), backMs: worst(({ step }) => step.backMs), memoryTimes: worst(({ base, step }) => step.mostMb / base.mostMb),
      lateShare: worst(({ step }) => step.lateShare), missed: faults.length, controlMissed: controlFaults.length,
    },
    aims,
    met: faults.length === 0 && controlFaults.length > 0,
  });
  process.exit();
}

void main();
