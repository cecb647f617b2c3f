// One Kubernetes cluster as the steps use it: kubectl and helm in one context, with Muster's names.
import { setTimeout as sleep } from 'node:timers/promises';
import { must, program, run, type Call, type Said } from './program';
import type { Items, Pod } from './objects';

/** Contexts of clusters that belong to a developer's machine; any other has to be named. */
const local = /^(muster-local|kind-.+|minikube|k3d-.+|docker-desktop|rancher-desktop|orbstack|colima)$/;

export const services = ['auth', 'user', 'matching', 'communication', 'notification'] as const;
export type ServiceName = (typeof services)[number];

export class Cluster {
  readonly namespace = 'muster';
  readonly release = 'muster';
  readonly backing = 'muster-backing';
  private readonly kubectlPath = program('kubectl');
  private readonly helmPath = program('helm');

  private constructor(readonly context: string) {}

  /** @throws Error when the current context does not look like a cluster of this machine */
  static async open(named: string | undefined): Promise<Cluster> {
    const context = named ?? (await run(program('kubectl'), ['config', 'current-context'])).out.trim();
    if (context === '') throw new Error('there is no current context: start a local cluster (kind, minikube …) first');
    if (named === undefined && !local.test(context)) throw new Error(`${context} does not look like a cluster of this machine; say --context ${context} to use it`);
    const cluster = new Cluster(context);
    await cluster.kubectl('get', '--raw', '/readyz');
    return cluster;
  }

  /** The Deployment, Service … of a part of the product. */
  named(part: string): string {
    return `${this.release}-${part}`;
  }

  kubectl(...args: string[]): Promise<string> {
    return must(this.kubectlPath, this.kubectlArguments(args));
  }

  /** Ends as it ends: for what may be refused. */
  tryKubectl(args: readonly string[], call: Call = {}): Promise<Said> {
    return run(this.kubectlPath, this.kubectlArguments(args), call);
  }

  async get<Kind>(...args: string[]): Promise<Kind> {
    return JSON.parse(await this.kubectl('get', ...args, '-o', 'json')) as Kind;
  }

  apply(text: string): Promise<string> {
    return must(this.kubectlPath, this.kubectlArguments(['apply', '-f', '-']), { input: text });
  }

  /** Manifests as objects, created or changed; in Muster's namespace where they name none. */
  put(...manifests: object[]): Promise<string> {
    const items = (manifests as Array<{ kind?: string; metadata?: object }>).map((one) => (one.kind === 'Namespace' ? one : { ...one, metadata: { namespace: this.namespace, ...one.metadata } }));
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    return must(this.kubectlPath, ['--context', this.context, 'apply', '-f', '-'], { input });
  }

  helm(args: readonly string[], seconds = 600): Promise<string> {
    return must(this.helmPath, this.helmArguments(args), { seconds });
  }

  tryHelm(args: readonly string[], seconds = 600): Promise<Said> {
    return run(this.helmPath, this.helmArguments(args), { seconds });
  }

  /** Pods that are not ending, by label selector. */
  async pods(selector: string): Promise<Pod[]> {
    const { items } = await this.get<Items<Pod>>('pods', '-l', selector);
    return items.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  }

  /** Those of one part of the product, the oldest first. */
  podsOf(part: string): Promise<Pod[]> {
    return this.pods(`app.kubernetes.io/instance=${this.release},app.kubernetes.io/name=${part}`);
  }

  /** Runs a script in the pod's own node and reads its answer as JSON. */
  async nodeIn<Answer>(pod: string, script: string, ...args: string[]): Promise<Answer> {
    return JSON.parse(await this.kubectl('exec', pod, '--', 'node', '-e', script, '--', ...args)) as Answer;
  }

  async rolledOut(part: string, seconds = 240): Promise<void> {
    await must(this.kubectlPath, this.kubectlArguments(['rollout', 'status', `deployment/${this.named(part)}`, `--timeout=${seconds}s`]), { seconds: seconds + 10 });
  }

  private kubectlArguments(args: readonly string[]): string[] {
    return ['--context', this.context, '-n', this.namespace, ...args];
  }

  private helmArguments(args: readonly string[]): string[] {
    return ['--kube-context', this.context, '-n', this.namespace, ...args];
  }
}

/** Asks until the answer is not undefined. @throws Error after `seconds` */
export async function until<Value>(what: string, seconds: number, ask: () => Promise<Value | undefined>, everyMs = 300): Promise<Value> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(everyMs)) {
    const value = await ask();
    if (value !== undefined) return value;
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}
