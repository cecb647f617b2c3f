// The load pod from outside: puts it there, starts the generator in it and reads what it counted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, type Cluster } from '../cluster';
import { ownPod } from '../objects';
import type { Account } from '../people';
import { requestsOf, targetOf } from './requests';

const NAME = 'muster-load';
const labels = { 'app.kubernetes.io/name': 'load', 'app.kubernetes.io/part-of': 'muster-load' };

interface Counted {
  readonly seconds: number;
  readonly answered: number;
  readonly failed: number;
  /** Of the failed: without any answer, because the connection broke. */
  readonly lost: number;
}

interface Ended extends Counted {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: ReadonlyArray<{ at: string; name: string; how: string }>;
  readonly byTarget: Readonly<Record<string, { answered: number; failed: number }>>;
}

/** The pod, its script, and a policy that makes it a client of web and services; nothing else may go in or out. */
export async function putLoadPod(cluster: Cluster): Promise<void> {
  const image = (await cluster.podsOf('auth'))[0]?.spec.containers[0]?.image;
  if (!image) throw new Error('there is no auth pod, whose image the load runs in: run the step install');
  const product = { matchLabels: { 'app.kubernetes.io/instance': cluster.release } };
  const ports = [3000, 8080].map((port) => ({ protocol: 'TCP', port }));
  const dns = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 }));
  const policy = (name: string, spec: object): object => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, labels }, spec });
  await cluster.kubectl('delete', 'pod', NAME, '--ignore-not-found');
  await cluster.put(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, labels }, data: { 'generator.mjs': readFileSync(join(__dirname, 'generator.mjs'), 'utf8') } },
    policy(NAME, {
      podSelector: { matchLabels: labels }, policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [{ podSelector: product }], ports }, { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: dns }],
    }),
    policy(`${NAME}-to-muster`, { podSelector: product, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: labels } }], ports }] }),
    ownPod({ name: NAME, image, labels, files: NAME, command: ['node', '-e', forever] }),
  );
  await cluster.kubectl('wait', `pod/${NAME}`, '--for=condition=Ready', '--timeout=60s');
}

export async function removeLoadPod(cluster: Cluster): Promise<void> {
  await cluster.kubectl('delete', 'pod,configmap,networkpolicy', '-l', 'app.kubernetes.io/part-of=muster-load', '--ignore-not-found');
}

/** What its pod runs: one load after the other. */
const forever = `const { spawnSync } = require('node:child_process'); for (;;) spawnSync(process.execPath, ['/own/generator.mjs'], { stdio: 'inherit' });`;

export class Load {
  private constructor(private readonly cluster: Cluster) {}

  /** @param rate requests a second of all clients together; 0: as fast as answers come */
  static async start(cluster: Cluster, accounts: readonly Account[], { clients, rate }: { clients: number; rate: number }): Promise<Load> {
    const load = new Load(cluster);
    const order = JSON.stringify({ accounts, clients, rate, auth: targetOf(cluster, 'auth'), requests: requestsOf(cluster) });
    await load.inPod('rm -f /tmp/counted.json; cat > /tmp/order.part && mv /tmp/order.part /tmp/order.json', order);
    await until('the load to start', 90, () => load.read());
    return load;
  }

  /** So far; renewed each second. */
  counted(): Promise<Counted> {
    return until('what the load has counted', 60, () => this.read());
  }

  async stop(): Promise<Ended> {
    await this.inPod('touch /tmp/stop', '');
    return until('the last count of the load', 90, async () => {
      const counted = await this.read();
      return counted && 'byTarget' in counted ? counted : undefined;
    });
  }

  private async read(): Promise<Counted | Ended | undefined> {
    const { code, out } = await this.cluster.tryKubectl(['exec', NAME, '--', 'cat', '/tmp/counted.json'], { seconds: 30 });
    return code === 0 ? (JSON.parse(out) as Counted | Ended) : undefined;
  }

  private async inPod(script: string, input: string): Promise<void> {
    const { code, err } = await this.cluster.tryKubectl(['exec', '-i', NAME, '--', 'sh', '-c', script], { input, seconds: 60 });
    if (code !== 0) throw new Error(`the load pod: ${err}`);
  }
}

/** For a finding: how it failed, the commonest first. */
export function howItFailed({ failures }: Ended): string {
  const counts = new Map<string, number>();
  for (const { name, how } of failures) counts.set(`${name}: ${how}`, (counts.get(`${name}: ${how}`) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 4).map(([how, count]) => `${count} × ${how}`).join('; ');
}
