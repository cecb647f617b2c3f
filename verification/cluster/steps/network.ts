// Tries every port of every pod from every kind of pod; what lets a connection through must be what the service graph
// declares, also when only one of the two policies on its way holds it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../product/program';
import { until, type Cluster } from '../cluster';
import type { Findings } from '../findings';
import { ownPod, policy, type Pod } from '../objects';

/** Besides those that containers declare: what listens undeclared, and what a debugger would open. */
const morePorts = [1025, 3000, 4222, 5432, 6222, 6379, 8025, 8080, 8222, 8443, 9000, 9229];
/** What the local values switch on: web's nginx carries the routes, mail is caught, nothing scrapes and nothing traces. */
const switchedOn = new Set(['always', 'hook', 'test', 'routes', 'mailpit']);
/** Where whoever stands in for an ingress lives, see values-local.yaml; and a namespace that nothing knows. */
const EDGE = 'muster-edge';
const ELSEWHERE = 'muster-elsewhere';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Under which values it is there at all. */
  readonly when: string;
}

interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** From where attempts are made. */
interface Source {
  /** As the service graph calls it; strangers are in none. */
  readonly name: string;
  readonly pod: string;
  readonly namespace: string;
}

/** Runs in the pod: all at once, each with its own patience. Refused by the pod itself: the policies have let it through. */
const connect = `
const net = require('node:net');
const [targets, ms] = JSON.parse(process.argv[1]);
const letThrough = (target) => new Promise((resolve) => {
  const socket = net.connect({ host: target.host, port: target.port });
  const say = (through) => (socket.destroy(), resolve(through && target.name));
  socket.setTimeout(ms, () => say(false));
  socket.once('connect', () => say(true));
  socket.once('error', (error) => say(error.code === 'ECONNREFUSED'));
});
Promise.all(targets.map(letThrough)).then((all) => console.log(JSON.stringify(all.filter(Boolean))));
`;

const nameOf = (pod: Pod): string => pod.metadata.labels?.['app.kubernetes.io/name'] ?? pod.metadata.name;

class Probing {
  private readonly edges = (JSON.parse(readFileSync(join(root, 'docs', 'generated', 'service-graph.json'), 'utf8')) as { edges: Edge[] }).edges
    .filter(({ to, when }) => switchedOn.has(when) && to !== 'internet');
  readonly edge: Source = { name: 'edge', pod: 'prober', namespace: EDGE };
  readonly elsewhere: Source = { name: 'stranger elsewhere', pod: 'prober', namespace: ELSEWHERE };
  inside: readonly Source[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly findings: Findings,
    private readonly pods: readonly Pod[],
  ) {}

  /** Services have node in their pods; for everything else there is a pod with the labels of what it stands for. */
  async put(): Promise<void> {
    const { cluster, pods, edge, elsewhere } = this;
    const { namespace } = cluster;
    const withNode = pods.filter((pod) => pod.spec.containers[0]?.ports?.some(({ containerPort }) => containerPort === 9000));
    const inside = new Map<string, Source>(withNode.map((pod) => [nameOf(pod), { name: nameOf(pod), pod: pod.metadata.name, namespace }]));
    const instanceOf = new Map(pods.map((pod) => [nameOf(pod), pod.metadata.labels?.['app.kubernetes.io/instance'] ?? '']));
    const made: object[] = [];
    const prober = ({ name, pod, namespace: place }: Source, labels: Record<string, string> = {}): void => {
      const isInside = place === namespace;
      if (isInside) inside.set(name, { name, pod, namespace: place });
      const command = ['node', '-e', `require('node:net').createServer().listen(3000)`];
      made.push(ownPod({ name: pod, namespace: place, image: withNode[0]?.spec.containers[0]?.image ?? '', command, labels: { ...labels, 'muster/prober': 'yes' }, neverReady: isInside }));
    };
    for (const name of new Set([...instanceOf.keys(), ...this.edges.map(({ from }) => from)])) {
      if (inside.has(name) || name === 'edge') continue;
      prober({ name, pod: `prober-${name}`, namespace }, { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instanceOf.get(name) ?? cluster.release });
    }
    for (const one of [{ name: 'stranger', pod: 'prober-stranger', namespace }, edge, elsewhere]) prober(one);
    this.inside = [...inside.values()];
    await cluster.put(...[EDGE, ELSEWHERE].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })), ...made);
    for (const place of [namespace, EDGE, ELSEWHERE]) {
      await cluster.kubectl('wait', 'pod', '-n', place, '-l', 'muster/prober=yes', '--for=jsonpath={.status.phase}=Running', '--timeout=120s');
    }
  }

  async remove(): Promise<void> {
    await this.cluster.kubectl('delete', 'pod', '-l', 'muster/prober=yes', '--ignore-not-found', '--wait=false');
    await this.cluster.kubectl('delete', 'namespace', EDGE, ELSEWHERE, '--ignore-not-found', '--wait=false');
  }

  /** Names of the targets that are let through. What should be and isn't is tried again with more patience: a busy machine is no policy. */
  private async tryFrom({ pod, namespace }: Source, targets: readonly Target[], isExpected: (target: Target) => boolean): Promise<string[]> {
    const ask = (some: readonly Target[], ms: number): Promise<string[]> => this.cluster.nodeIn<string[]>(pod, connect, { args: [JSON.stringify([some, ms])], namespace });
    const through = await ask(targets, 1500);
    const doubtful = targets.filter((one) => isExpected(one) && !through.includes(one.name));
    return doubtful.length === 0 ? through : [...through, ...(await ask(doubtful, 5000))];
  }

  async tryAll(what: string, sources: readonly Source[], figure: string): Promise<void> {
    const ports = [...new Set([...morePorts, ...this.pods.flatMap((pod) => pod.spec.containers.flatMap((one) => one.ports ?? []).map((one) => one.containerPort))])];
    const declared = new Set(this.edges.filter(({ from }) => sources.some(({ name }) => name === from)).map(({ from, to, port }) => `${from} → ${to}:${port}`));
    const through = new Set<string>();
    let tried = 0;
    for (const source of sources) {
      // Two pods of a part stand behind the same policies: one stands for both. No policy is asked of a pod that calls itself.
      const others = new Map(this.pods.filter((pod) => pod.metadata.name !== source.pod).map((pod) => [nameOf(pod), pod.status.podIP ?? '']));
      const targets = [...others].flatMap(([name, host]) => ports.map((port): Target => ({ name: `${name}:${port}`, host, port })));
      tried += targets.length;
      for (const name of await this.tryFrom(source, targets, (target) => declared.has(`${source.name} → ${target.name}`))) through.add(`${source.name} → ${name}`);
    }
    const undeclared = [...through].filter((one) => !declared.has(one));
    const shut = [...declared].filter((one) => !through.has(one));
    this.findings.add({
      what,
      saw: `${through.size} of ${tried} tried are open, ${declared.size} declared; open undeclared: ${undeclared.slice(0, 8).join(', ') || 'none'}; declared but shut: ${shut.slice(0, 8).join(', ') || 'none'}`,
      met: undeclared.length === 0 && shut.length === 0 && declared.size > 0,
      figures: { [figure]: through.size, ...(figure === 'connectionsOpen' && { connectionsTried: tried, connectionsDeclared: declared.size, kindsOfPods: sources.length }) },
    });
  }

  /** A connection passes two policies. With one side opened to everything, the other has to hold alone. */
  async whileOpen(opened: 'Ingress' | 'Egress', attempts: () => Promise<void>): Promise<void> {
    const name = `prober-any-${opened.toLowerCase()}`;
    await this.cluster.put(policy(name, { podSelector: {}, policyTypes: [opened], [opened.toLowerCase()]: [{}] }));
    try {
      // Two pods that nothing declares, one of them where no policy is: they meet once the opened side is open.
      const stranger = this.inside.find((one) => one.name === 'stranger') as Source;
      const [from, to] = opened === 'Egress' ? [stranger, this.elsewhere] : [this.elsewhere, stranger];
      const target = { name: to.name, host: await this.hostOf(to), port: 3000 };
      await until(`any ${opened} is let through`, 60, async () => ((await this.tryFrom(from, [target], () => false)).length > 0 ? true : undefined));
      await attempts();
    } finally {
      await this.cluster.kubectl('delete', 'networkpolicy', name, '--ignore-not-found');
    }
  }

  /** A pod of another namespace and the API server: no pod of Muster's has business there. */
  async tryOutside(): Promise<void> {
    const targets: Target[] = [
      { name: 'a pod of another namespace', host: await this.hostOf(this.elsewhere), port: 3000 },
      { name: 'the API server', host: (await this.cluster.kubectl('get', 'service', 'kubernetes', '-n', 'default', '-o', 'jsonpath={.spec.clusterIP}')).trim(), port: 443 },
    ];
    const reached: string[] = [];
    for (const source of this.inside) reached.push(...(await this.tryFrom(source, targets, () => false)).map((name) => `${source.name} → ${name}`));
    // The same attempts from where nothing forbids them: there is something to reach.
    const control = (await this.tryFrom(this.edge, targets, () => true)).length;
    this.findings.add({
      what: 'no pod gets out of the namespace',
      saw: `${reached.length} of ${this.inside.length * targets.length} attempts got through ${reached.slice(0, 5).join(', ')} (from another namespace ${control} of ${targets.length})`,
      met: reached.length === 0 && control === targets.length, figures: { outsideReached: reached.length },
    });
  }

  private async hostOf({ pod, namespace }: Source): Promise<string> {
    return (await this.cluster.kubectl('get', 'pod', pod, '-n', namespace, '-o', 'jsonpath={.status.podIP}')).trim();
  }
}

export async function network(cluster: Cluster, findings: Findings): Promise<void> {
  const probing = new Probing(cluster, findings, await cluster.pods(`app.kubernetes.io/instance in (${cluster.release},${cluster.backing})`));
  await probing.put();
  const { inside, edge, elsewhere } = probing;
  try {
    const all = [...inside, edge, elsewhere];
    await probing.tryAll('what is open between pods is what the service graph declares', all, 'connectionsOpen');
    await probing.whileOpen('Egress', () => probing.tryAll('so it is when every pod may send anything: ingress holds alone', all, 'ingressAlone'));
    // No policy holds what another namespace sends.
    await probing.whileOpen('Ingress', () => probing.tryAll('so it is when every pod may receive anything: egress holds alone', inside, 'egressAlone'));
    await probing.tryOutside();
  } finally {
    await probing.remove();
  }
}
