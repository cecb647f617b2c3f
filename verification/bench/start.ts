// `npm run bench:start [-- --rounds 5 --settle 10]`
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { environmentFor } from '../../apps/standalone/src/environment';
import { Secrets } from '../../apps/standalone/src/secrets';
import { services } from '../../apps/standalone/src/services';
import { calibrate, median, rounded } from './calibrate';
import { benchDatabase, type BenchDatabase } from './database';
import { report } from './report';
import { freePort } from '@muster/platform/testing/free-port';
import { descendantsOf, endProgram, idleCpuPercent, memoryOf, startProgram, type Memory, type Started } from './started';

const AIMS = { coldSeconds: 8, warmSeconds: 5, serviceSeconds: 1.5, serviceMB: 130, standaloneMB: 400, idlePercent: 2 };

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    settle: { type: 'string', default: '10' },
    'no-keep': { type: 'boolean', default: false },
  },
});
/** A demo that uses more of a core than this is still busy with its own beginning; seen so often, five seconds each. */
const BUSY_PERCENT = 8;
const MOST_SETTLING = 60;
const IDLE_SECONDS = 40;
const rounds = Number(options.rounds);
const project = join(__dirname, '..', '..');

interface Seen {
  readonly ms: number[];
  readonly cpuMs: number[];
  memory: Memory;
}

/** The fastest start counts: others were in the way of the rest, and nothing makes a start faster than it is. */
const seconds = ({ ms }: Seen): number => rounded(Math.min(...ms) / 1000, 2);
const medianSeconds = ({ ms }: Seen): number => rounded(median(ms) / 1000, 2);
const cpuSeconds = ({ cpuMs }: Seen): number => rounded(Math.min(...cpuMs) / 1000, 2);

function note(seen: Seen, started: Started): void {
  seen.ms.push(started.ms);
  seen.cpuMs.push(started.cpuMs);
}

const nothingYet = (): Seen => ({ ms: [], cpuMs: [], memory: { rssMB: 0, pssMB: 0 } });

async function standalone(folder: string) {
  const [cold, warm] = [nothingYet(), nothingYet()];
  let node: Memory = cold.memory;
  for (let round = 0; round < rounds; round += 1) {
    const data = join(folder, `data-${round}`);
    const start = async (): Promise<Started> => {
      const args = [join(project, 'apps/standalone/dist/main.js'), '--data', data, '--port', String(await freePort())];
      return startProgram({ args, isReady: (printed) => printed.includes('\nReady: ') });
    };
    const first = await start();
    note(cold, first);
    await endProgram(first);
    const second = await start();
    note(warm, second);
    if (round === rounds - 1) {
      await sleep(Number(options.settle) * 1000);
      const pid = second.child.pid ?? 0;
      node = memoryOf([pid]);
      warm.memory = memoryOf([pid, ...descendantsOf(pid)]);
    }
    await endProgram(second);
    rmSync(data, { recursive: true, force: true });
  }
  return { cold, warm, node };
}

/** What an idle demo costs a machine on which nobody looks at it, percent of a core. */
async function idleDemo(folder: string): Promise<number> {
  const args = [join(project, 'apps/standalone/dist/main.js'), '--data', join(folder, 'demo'), '--port', String(await freePort()), '--demo'];
  const demo = await startProgram({ args, isReady: (printed) => printed.includes('\nReady: ') });
  try {
    const pid = demo.child.pid ?? 0;
    const all = (): number[] => [pid, ...descendantsOf(pid)];
    // The demo's events are worked off after it is ready; how long that takes depends on the machine.
    for (let round = 0; round < MOST_SETTLING && (await idleCpuPercent(all(), 5)) > BUSY_PERCENT; round += 1);
    await sleep(Number(options.settle) * 1000);
    return await idleCpuPercent(all(), IDLE_SECONDS);
  } finally {
    await endProgram(demo);
  }
}

/** Each service as a process of its own, on a database that exists, with auth running for the others to ask. */
async function eachService(folder: string, database: BenchDatabase): Promise<Map<ServiceName, Seen>> {
  mkdirSync(folder);
  const secrets = new Secrets(folder);
  const ports = new Map<ServiceName, number>();
  for (const name of serviceNames) ports.set(name, await freePort());
  const peers = [...ports].map(([name, port]) => `${name}=http://127.0.0.1:${port}`).join();
  const environments = new Map<ServiceName, Record<string, string | undefined>>();
  for (const name of serviceNames) {
    const { config } = services[name];
    const address = { service: await database.of(config), migrator: '' };
    const standaloneOptions = { port: 3000, data: folder, demo: false, origin: 'http://localhost:3000', reachable: false };
    const env = environmentFor(config, { options: standaloneOptions, database: address, secrets, terminalSecret: 'of nobody, for nobody looks at a start that is measured', outer: {} });
    const own = { PORT: String(await freePort()), OPS_PORT: String(ports.get(name)), PEERS: peers, MIGRATE_AT_START: 'false', DATABASE_MIGRATOR_URL: undefined, DRAIN_SECONDS: '0' };
    environments.set(name, { ...env, NODE_ENV: 'production', ...own });
  }
  const start = (name: ServiceName): Promise<Started> =>
    startProgram({
      args: [join(project, 'apps', name, 'dist/main.js')],
      env: environments.get(name) ?? {},
      isReady: () => fetch(`http://127.0.0.1:${ports.get(name)}/health/ready`).then(({ status }) => status === 200, () => false),
    });

  const seen = new Map(serviceNames.map((name) => [name, nothingYet()]));
  const auth = await start('auth');
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, one] of seen) {
        if (name === 'auth') continue;
        const started = await start(name);
        note(one, started);
        await afterwards(one, started, round);
      }
    }
  } finally {
    await endProgram(auth);
  }
  for (let round = 0; round < rounds; round += 1) {
    const one = seen.get('auth') as Seen;
    const started = await start('auth');
    note(one, started);
    await afterwards(one, started, round);
  }
  return seen;
}

async function afterwards(seen: Seen, started: Started, round: number): Promise<void> {
  if (round === rounds - 1) {
    await sleep(Number(options.settle) * 1000);
    seen.memory = memoryOf([started.child.pid ?? 0]);
  }
  await endProgram(started);
}

async function main(): Promise<void> {
  execFileSync(process.execPath, [join(project, 'tools/dev/build.mjs'), '--quiet'], { stdio: 'inherit' });
  const calibration = calibrate();
  const folder = mkdtempSync(join(tmpdir(), 'muster-start-'));
  const database = await benchDatabase();
  try {
    const each = await eachService(join(folder, 'services'), database);
    const whole = await standalone(folder);
    tell(calibration, each, { ...whole, idlePercent: await idleDemo(folder) });
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(calibration: ReturnType<typeof calibrate>, each: ReadonlyMap<ServiceName, Seen>, whole: Awaited<ReturnType<typeof standalone>> & { readonly idlePercent: number }): void {
  const { cold, warm, node, idlePercent } = whole;
  const all = [...each.values()];
  const slowest = Math.max(...all.map(seconds));
  const largest = Math.max(...all.map(({ memory }) => memory.rssMB));
  const figures = {
    calibration: calibration.steps, scale: calibration.scale,
    coldSeconds: seconds(cold), warmSeconds: seconds(warm), serviceSeconds: slowest, serviceMB: largest,
    standaloneMB: warm.memory.pssMB, standaloneRssMB: warm.memory.rssMB, standaloneNodeMB: node.rssMB, idlePercent,
    services: Object.fromEntries([...each].map(([name, seen]) => [name, { seconds: seconds(seen), cpuSeconds: cpuSeconds(seen), ...seen.memory }])),
  };
  const { scale } = calibration;
  const met =
    figures.coldSeconds * scale <= AIMS.coldSeconds && figures.warmSeconds * scale <= AIMS.warmSeconds &&
    slowest * scale <= AIMS.serviceSeconds && largest <= AIMS.serviceMB && figures.standaloneMB <= AIMS.standaloneMB && idlePercent * scale <= AIMS.idlePercent;
  const row = (label: string, seen: Seen, aim: number): (string | number)[] => [label, seconds(seen), medianSeconds(seen), cpuSeconds(seen), aim];
  report({
    name: 'start',
    about: 'How long Muster takes until it is ready, and what it holds when nobody asks for anything.',
    figures,
    aims: AIMS,
    met,
    tables: [
      {
        title: 'From the start until ready, seconds',
        columns: ['what', 'fastest', 'median', 'CPU of its own process', 'aim'],
        rows: [
          row('standalone, fresh data folder', cold, AIMS.coldSeconds),
          row('standalone, data there', warm, AIMS.warmSeconds),
          ...[...each].map(([name, seen]) => row(`${name} alone`, seen, AIMS.serviceSeconds)),
        ],
      },
      {
        title: 'Idle memory, MB',
        columns: ['what', 'RSS', 'PSS', 'aim'],
        rows: [
          ['standalone with its database', warm.memory.rssMB, warm.memory.pssMB, AIMS.standaloneMB],
          ['its Node process', node.rssMB, node.pssMB, ''],
          ...[...each].map(([name, { memory }]): (string | number)[] => [`${name} alone`, memory.rssMB, memory.pssMB, AIMS.serviceMB]),
        ],
      },
      { title: 'CPU of an idle demo with its database, percent of a core', columns: ['what', 'percent', 'aim'], rows: [['demo that nobody looks at', idlePercent, AIMS.idlePercent]] },
    ],
    notes: [
      `Calibration ${calibration.steps} million steps a second of CPU, so that times are judged × ${scale}. The database’s processes share ` +
        'their buffers, which RSS counts for each of them: standalone’s aim is judged by PSS, a service’s by RSS.',
    ],
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
