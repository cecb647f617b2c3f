// `npm run bench:start [-- --rounds 5 --settle 10]`
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { freePort } from '@muster/platform/testing/free-port';
import { endTogether, temporaryFolder } from '../product/program';
import { Services } from '../product/services';
import { build, Standalone } from '../product/standalone';
import { calibrate, rounded } from './calibrate';
import { report } from './report';

const AIMS = { coldSeconds: 8, warmSeconds: 5, serviceSeconds: 1.5, serviceMB: 130, standaloneMB: 400, idlePercent: 2 };
/** A demo that uses more of a core than this is still busy with its own beginning; seen so often, five seconds each. */
const BUSY_PERCENT = 8;
const MOST_SETTLING = 60;
const IDLE_SECONDS = 40;
/** Of a clock tick in /proc: USER_HZ, 100 on every Linux. */
const TICK_MS = 10;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    settle: { type: 'string', default: '10' },
    'no-keep': { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const settle = (): Promise<void> => sleep(Number(options.settle) * 1000);

interface Memory {
  readonly rssMB: number;
  /** With pages shared by several processes counted once. */
  readonly pssMB: number;
}

/** The starts of one program. */
class Starts {
  private readonly ms: number[] = [];
  private readonly cpuMs: number[] = [];
  memory: Memory = { rssMB: 0, pssMB: 0 };

  note(readyMs: number, pid: number): void {
    this.ms.push(readyMs);
    this.cpuMs.push(cpuMsOf(pid) ?? 0);
  }

  /** The fastest counts: others were in the way of the rest, and nothing makes a start faster than it is. */
  get seconds(): number {
    return rounded(Math.min(...this.ms) / 1000, 2);
  }

  get cpuSeconds(): number {
    return rounded(Math.min(...this.cpuMs) / 1000, 2);
  }
}

/** Undefined for a process that has ended. */
function cpuMsOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}

function memoryOf(pids: readonly number[]): Memory {
  const sum = { Rss: 0, Pss: 0 };
  for (const pid of pids) {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    for (const name of ['Rss', 'Pss'] as const) sum[name] += Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  }
  return { rssMB: Math.round(sum.Rss / 1000), pssMB: Math.round(sum.Pss / 1000) };
}

/** Each service as a process of its own, on a database that exists, with auth running for the others to ask. */
async function eachService(): Promise<Map<ServiceName, Starts>> {
  const services = await Services.open(temporaryFolder('bench'));
  const seen = new Map<ServiceName, Starts>();
  const measure = async (name: ServiceName, env: Readonly<Record<string, string>>): Promise<void> => {
    const starts = new Starts();
    await (await services.start(name, env)).program.end(); // migrates
    for (let round = 0; round < rounds; round += 1) {
      const { program, readyMs } = await services.start(name, { ...env, MIGRATE_AT_START: 'false', DRAIN_SECONDS: '0' });
      starts.note(readyMs, program.pid);
      if (round === rounds - 1) {
        await settle();
        starts.memory = memoryOf([program.pid]);
      }
      await program.end();
    }
    seen.set(name, starts);
  };
  await measure('auth', {});
  const auth = await services.start('auth');
  for (const name of serviceNames) if (name !== 'auth') await measure(name, { PEERS: `auth=${auth.operations}` });
  await auth.program.end();
  await services.close();
  return seen;
}

async function standalone() {
  const [cold, warm] = [new Starts(), new Starts()];
  let node = cold.memory;
  for (let round = 0; round < rounds; round += 1) {
    const product = new Standalone({ data: temporaryFolder('bench'), port: await freePort() });
    for (const starts of [cold, warm]) {
      starts.note((await product.start()) ?? 0, product.pid);
      if (starts === warm && round === rounds - 1) {
        await settle();
        node = memoryOf([product.pid]);
        warm.memory = memoryOf([product.pid, ...product.databaseProcesses().map(Number)]);
      }
      await product.end();
    }
  }
  return { cold, warm, node };
}

/** What an idle demo costs a machine on which nobody looks at it, percent of a core. */
async function idleDemo(): Promise<number> {
  const product = new Standalone({ data: temporaryFolder('bench'), port: await freePort(), arguments: ['--demo'] });
  await product.start();
  const percent = async (seconds: number): Promise<number> => {
    const before = [product.pid, ...product.databaseProcesses().map(Number)].map((pid) => ({ pid, ms: cpuMsOf(pid) ?? 0 }));
    const startedAt = performance.now();
    await sleep(seconds * 1000);
    // Whoever came or went meanwhile is left out: a database starts a process now and then to tidy up.
    const used = before.reduce((sum, { pid, ms }) => sum + ((cpuMsOf(pid) ?? ms) - ms), 0);
    return rounded((used / (performance.now() - startedAt)) * 100);
  };
  // The demo's events are worked off after it is ready; how long that takes depends on the machine.
  for (let seen = 0; seen < MOST_SETTLING && (await percent(5)) > BUSY_PERCENT; seen += 1);
  await settle();
  const idle = await percent(IDLE_SECONDS);
  await product.end();
  return idle;
}

async function main(): Promise<void> {
  endTogether();
  build();
  const { steps: calibration, scale } = calibrate();
  const services = await eachService();
  const { cold, warm, node } = await standalone();
  const idlePercent = await idleDemo();
  const each = Object.fromEntries([...services].map(([name, { seconds, cpuSeconds, memory }]) => [name, { seconds, cpuSeconds, ...memory }]));
  const figures = {
    calibration, scale, coldSeconds: cold.seconds, warmSeconds: warm.seconds,
    serviceSeconds: Math.max(...Object.values(each).map(({ seconds }) => seconds)), serviceMB: Math.max(...Object.values(each).map(({ rssMB }) => rssMB)),
    standaloneMB: warm.memory.pssMB, standaloneRssMB: warm.memory.rssMB, standaloneNodeMB: node.rssMB, idlePercent, services: each,
  };
  const isScaled = (name: string): boolean => !name.endsWith('MB');
  report({
    name: 'start',
    about: 'How long Muster takes until it is ready, and what it holds when nobody asks for anything.',
    figures,
    aims: AIMS,
    met: (Object.keys(AIMS) as Array<keyof typeof AIMS>).every((name) => figures[name] * (isScaled(name) ? scale : 1) <= AIMS[name]),
    note:
      `The fastest of ${rounds} starts counts. Times are judged × ${scale}, memory as it is; the database’s processes share their buffers, which RSS counts for each ` +
      'of them: standalone’s aim is judged by PSS, a service’s by RSS. `idlePercent` is the CPU of a demo with its database that nobody looks at, of one core.',
  });
}

void main();
