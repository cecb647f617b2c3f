import type { Cluster } from '../cluster';

export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface Source {
  /** As the service graph calls it; strangers are in none. */
  readonly name: string;
  readonly pod: string;
  readonly namespace: string;
}

export interface Reach extends Target {
  /** `refused`: the packet came there and nobody listens; `silent`: it was dropped on its way. */
  readonly state: 'open' | 'refused' | 'silent';
}

/** Refused by the pod itself: the policy has let it through. */
export function letThrough({ state }: Reach): boolean {
  return state !== 'silent';
}

/** Runs in the pod: all at once, each with its own patience. */
const connect = `
const net = require('node:net');
const [targets, ms] = JSON.parse(process.argv[1]);
const reach = (target) => new Promise((resolve) => {
  const socket = net.connect({ host: target.host, port: target.port });
  const say = (state) => (socket.destroy(), resolve({ ...target, state }));
  socket.setTimeout(ms, () => say('silent'));
  socket.once('connect', () => say('open'));
  socket.once('error', (error) => say(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'));
});
Promise.all(targets.map(reach)).then((all) => console.log(JSON.stringify(all)));
`;

/** What does not look as expected is tried again with more patience: a busy machine is no policy. */
export async function tryFrom(cluster: Cluster, source: Source, targets: readonly Target[], expected: (target: Target) => boolean): Promise<Reach[]> {
  const ask = async (some: readonly Target[], ms: number): Promise<Reach[]> => {
    const args = ['exec', source.pod, '-n', source.namespace, '--', 'node', '-e', connect, '--', JSON.stringify([some, ms])];
    return JSON.parse(await cluster.kubectl(...args)) as Reach[];
  };
  const first = await ask(targets, 1500);
  const doubtful = first.filter((one) => expected(one) && one.state === 'silent');
  if (doubtful.length === 0) return first;
  const again = new Map((await ask(doubtful, 5000)).map((one) => [one.name, one]));
  return first.map((one) => again.get(one.name) ?? one);
}
