import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { openPool } from '@muster/platform/database/pool';
import { crashPoints } from '@muster/platform/messaging/crash-points';
import { dependencies, Deployment, type Replica } from '../product/deployment';
import { temporaryFolder } from '../product/program';
import type { Random } from '../product/random';
import { complaintsIn, type Topology } from './topology';

const VISIT_MS = 10_000;
const CUT_MS = 400;
/** Longer than a dead process's claims are respected, so that others take over what a stopped one still believes to have. */
const LONG_STOP_MS = 35_000;

/** The five services as two processes each, with PostgreSQL, broker and counters as processes of their own. */
export async function servicesTopology(): Promise<Topology> {
  const all = await Deployment.open(temporaryFolder('crash'), { replicas: 2 });
  const { replicas, services, backing, edges } = all;
  const stopped = new Map<Replica, Promise<void>>();
  const said: string[] = [];
  let refusedToEnd = 0;

  const again = async (replica: Replica, env: Readonly<Record<string, string>> = {}): Promise<void> => {
    said.push(...complaintsIn(replica.running?.program.printed ?? '').slice(-3));
    await all.start(replica, env);
  };
  const kill = async (killed: readonly Replica[], pauseMs: number): Promise<void> => {
    await Promise.all(killed.map(async ({ running }) => running?.program.end('SIGKILL')));
    await sleep(pauseMs);
    await Promise.all(killed.map((replica) => again(replica)));
  };
  const awake = (): Replica[] => replicas.filter((replica) => !stopped.has(replica));
  const stop = (replica: Replica, ms: number): void => {
    replica.running?.program.signal('SIGSTOP');
    stopped.set(replica, sleep(ms).then(() => {
      replica.running?.program.signal('SIGCONT');
      stopped.delete(replica);
    }));
  };
  /** Ends some of the connections to one of the databases, as their server does when it is short of something. */
  const cutBackends = async (service: Replica['service']): Promise<void> => {
    const pool = openPool({ url: all.databaseUrl(service), applicationName: 'crash-harness', size: 1, onIdleError: () => undefined });
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5`);
    await pool.end();
  };
  const harms: ReadonlyArray<readonly [what: string, times: number, harm: (random: Random) => Promise<void>]> = [
    ['a replica killed', 5, (random) => kill([random.pick(awake())], random.whole(0, 1000))],
    ['both replicas of a service killed', 3, (random) => {
      const service = random.pick(serviceNames);
      return kill(awake().filter((one) => one.service === service), random.whole(0, 1000));
    }],
    ['several replicas killed', 2, (random) => kill(awake().filter(() => random.chance(0.4)), random.whole(0, 500))],
    ['a replica killed at a named point', 4, async (random) => {
      const replica = random.pick(awake());
      await replica.running?.program.end('SIGKILL');
      await again(replica, { MUSTER_CRASH_POINTS: 'on', MUSTER_CRASH_AT: `${random.pick(crashPoints)}:${random.pick([1, 2, 17])}` });
      await replica.running?.program.gone(VISIT_MS);
      await kill([replica], 0);
    }],
    ['a replica told to end under load', 2, async (random) => {
      const replica = random.pick(awake());
      if ((await replica.running?.program.end('SIGTERM')) !== 0) refusedToEnd += 1;
      await again(replica);
    }],
    ['a replica stopped', 3, async (random) => stop(random.pick(awake()), random.chance(0.2) ? LONG_STOP_MS : random.whole(1000, 6000))],
    ['the postmaster killed', 2, () => services.crashDatabase()],
    ['connections of a database ended', 2, (random) => cutBackends(random.pick(serviceNames))],
    ['the broker killed', 2, () => backing.crashNats()],
    ['the broker killed, its streams wiped', 2, () => backing.crashNats({ wipe: true })],
    ['the counters killed', 1, () => backing.crashValkey()],
    ['connections cut', 3, async (random) => {
      await edges.harm(random.pick(dependencies), random.pick(['down', 'reset', 'half-open'] as const));
      await sleep(CUT_MS);
      await edges.heal();
    }],
  ];
  const bag = harms.flatMap((one) => Array.from({ length: one[1] }, () => one));
  return {
    product: all,
    tier: `${harms.map(([what]) => what).join(', ')}; the machine and its disk stayed up`,
    harm: async (_nth, random) => {
      const [what, , harm] = random.pick(bag);
      await harm(random);
      return what;
    },
    heal: async () => {
      await Promise.all(stopped.values());
      await sleep(1000);
    },
    complaints: () => [...said, ...replicas.flatMap(({ running }) => complaintsIn(running?.program.printed ?? ''))],
    end: async () => {
      const codes = await Promise.all(replicas.map(async ({ running }) => running?.program.end()));
      await all.close();
      const otherThanExit0 = refusedToEnd + codes.filter((code) => code !== 0).length;
      return { figures: { replicas: replicas.length, otherThanExit0 }, wrong: otherThanExit0 > 0 ? ['otherThanExit0'] : [] };
    },
  };
}
