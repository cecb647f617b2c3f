// One Kubernetes cluster as the steps use it: kubectl and helm in one context, with Muster's names.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { findTool, toolEnvironment } from '../../tools/dev/find-tool.mjs';
import { root } from '../product/program';
import type { Items, Pod } from './objects';

/** Contexts of clusters that belong to a developer's machine; any other has to be named. */
const local = /^(muster-local|kind-.+|minikube|k3d-.+|docker-desktop|rancher-desktop|orbstack|colima)$/;

export type Part = ServiceName | 'web';
export const parts: readonly Part[] = [...serviceNames, 'web'];

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Call {
  readonly input?: string;
  readonly seconds?: number;
}

/** The program by its path. @throws Error when this machine has none */
export function program(name: string): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not on this machine: npm run tools:install -- ${name}`);
  return path;
}

/** Runs a program to the end, or to `seconds` (then code 124), from the project's folder. */
export function run(file: string, args: readonly string[], { input = '', seconds = 300 }: Call = {}): Promise<Said> {
  const running = promisify(execFile)(file, args, { cwd: root, env: toolEnvironment(), timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 256 << 20 });
  running.child.stdin?.on('error', () => undefined).end(input); // it may end before it has read all
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr, message }: Error & { code?: unknown; stdout: string; stderr: string }) => ({ code: typeof code === 'number' ? code : 124, out: stdout, err: stderr || message }),
  );
}

/** @throws Error with what the program said, unless it ended with 0 */
export async function must(file: string, args: readonly string[], call: Call = {}): Promise<string> {
  const { code, out, err } = await run(file, args, call);
  if (code === 0) return out;
  throw new Error(`${file.split('/').at(-1)} ${args.join(' ').slice(0, 300)} ended with ${code}: ${`${err}\n${out}`.trim().slice(-2000)}`);
}

export class Cluster {
  readonly namespace = 'muster';
  readonly release = 'muster';
  readonly backing = 'muster-backing';
  private readonly kubectlPath = program('kubectl');
  private readonly helmPath = program('helm');

  private constructor(readonly context: string) {}

  /** @throws Error when the current context does not look like a cluster of this machine */
  static async open(named?: string): Promise<Cluster> {
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

  kubectlArguments(...args: string[]): string[] {
    return ['--context', this.context, '-n', this.namespace, ...args];
  }

  kubectl(...args: string[]): Promise<string> {
    return must(this.kubectlPath, this.kubectlArguments(...args));
  }

  /** Ends as it ends: for what may be refused. */
  tryKubectl(args: readonly string[], call: Call = {}): Promise<Said> {
    return run(this.kubectlPath, this.kubectlArguments(...args), call);
  }

  async get<Kind>(...args: string[]): Promise<Kind> {
    return JSON.parse(await this.kubectl('get', ...args, '-o', 'json')) as Kind;
  }

  /** Manifests as objects, created or changed; in Muster's namespace where they name none. */
  put(...manifests: object[]): Promise<string> {
    const items = (manifests as Array<{ kind?: string; metadata?: object }>).map((one) => (one.kind === 'Namespace' ? one : { ...one, metadata: { namespace: this.namespace, ...one.metadata } }));
    return must(this.kubectlPath, ['--context', this.context, 'apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  }

  /** Ends as it ends. */
  tryHelm(args: readonly string[], seconds = 600): Promise<Said> {
    return run(this.helmPath, ['--kube-context', this.context, '-n', this.namespace, ...args], { seconds });
  }

  async helm(args: readonly string[]): Promise<string> {
    const { code, out, err } = await this.tryHelm(args);
    if (code !== 0) throw new Error(`helm ${args.join(' ').slice(0, 300)} ended with ${code}: ${err.slice(-2000)}`);
    return out;
  }

  /** Pods that are not ending, by label selector; without one all of the product. */
  async pods(selector = `app.kubernetes.io/instance=${this.release}`): Promise<Pod[]> {
    const { items } = await this.get<Items<Pod>>('pods', '-l', selector);
    return items.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  }

  podsOf(...some: readonly string[]): Promise<Pod[]> {
    return this.pods(`app.kubernetes.io/instance=${this.release},app.kubernetes.io/name in (${some.join()})`);
  }

  /** Runs a script in the pod's own node and reads its answer as JSON. */
  async nodeIn<Answer>(pod: string, script: string, { args = [] as readonly string[], namespace = this.namespace } = {}): Promise<Answer> {
    return JSON.parse(await this.kubectl('exec', pod, '-n', namespace, '--', 'node', '-e', script, '--', ...args)) as Answer;
  }
}

/** Asks until the answer is not undefined. @throws Error after `seconds` */
export function until<Value>(what: string, seconds: number, ask: () => Promise<Value | undefined>): Promise<Value> {
  return eventually(async () => {
    const value = await ask();
    if (value === undefined) throw new Error(`waited ${seconds} s in vain: ${what}`);
    return value;
  }, seconds * 1000);
}
