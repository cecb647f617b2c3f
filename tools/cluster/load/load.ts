// The load pod from outside: puts it there, starts the generator in it and reads what it counted.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toolEnvironment } from '../../delivery/find-tool.mjs';
import type { Cluster } from '../cluster';
import { ownPod } from '../objects';
import type { Account } from '../people';
import { program } from '../program';
import { requestsOf, targetOf } from './requests';

const NAME = 'muster-load';
const labels = { 'app.kubernetes.io/name': 'load', 'app.kubernetes.io/part-of': 'muster-load' };

export interface Counted {
  readonly seconds: number;
  readonly answered: number;
  readonly failed: number;
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
    ownPod({ name: NAME, image, labels, files: NAME, command: ['node', '-e', 'setInterval(() => {}, 1e9)'] }),
  );
  await cluster.kubectl('wait', `pod/${NAME}`, '--for=condition=Ready', '--timeout=60s');
}

export async function removeLoadPod(cluster: Cluster): Promise<void> {
  await cluster.kubectl('delete', 'pod,configmap,networkpolicy', '-l', 'app.kubernetes.io/part-of=muster-load', '--ignore-not-found');
}

export class Load {
  private last: Counted = { seconds: 0, answered: 0, failed: 0 };
  private ended: Ended | undefined;
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const counted = JSON.parse(line) as Counted | Ended;
      this.last = counted;
      if ('byTarget' in counted) this.ended = counted;
    });
  }

  /** @param rate requests a second of all clients together; 0: as fast as answers come */
  static async start(cluster: Cluster, accounts: readonly Account[], { clients, rate }: { clients: number; rate: number }): Promise<Load> {
    const args = ['--context', cluster.context, '-n', cluster.namespace, 'exec', '-i', NAME, '--', 'node', '/own/generator.mjs'];
    const child = spawn(program('kubectl'), args, { env: toolEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    const load = new Load(child);
    child.stdin?.write(`${JSON.stringify({ accounts, clients, rate, auth: targetOf(cluster, 'auth'), requests: requestsOf(cluster) })}\n`);
    for (const end = Date.now() + 60_000; load.last.seconds === 0; ) {
      if (Date.now() > end || child.exitCode !== null) throw new Error(`the load does not start: ${load.said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return load;
  }

  /** So far; renewed each second. */
  get counted(): Counted {
    return this.last;
  }

  async stop(): Promise<Ended> {
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin?.end();
    await closed;
    if (!this.ended) throw new Error(`the load ended without its count: ${this.said}`);
    return this.ended;
  }
}

/** For a finding: how it failed, the commonest first. */
export function howItFailed({ failures }: Ended): string {
  const counts = new Map<string, number>();
  for (const { name, how } of failures) counts.set(`${name}: ${how}`, (counts.get(`${name}: ${how}`) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 4).map(([how, count]) => `${count} × ${how}`).join('; ');
}
