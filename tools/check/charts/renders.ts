// Renders of the charts by helm, with the values of each environment.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { findTool, toolEnvironment } from '../../dev/find-tool.mjs';
import type { Manifest } from './manifests';

export const charts = 'charts';
export const thinCharts = ['auth', 'user', 'matching', 'communication', 'notification', 'frontend'] as const;
export const environments = ['local', 'staging', 'production'] as const;
/** What the environments leave out: Gateway API, a fixed number of replicas, a pooler. Policies hold there too. */
const variants: Readonly<Record<string, string>> = { gateway: 'staging' };

/** Values of all services alike, as far as the checks ask for them. */
interface Global {
  readonly environment: string;
  readonly routes: { readonly enabled: boolean };
  readonly monitoring: Where & { readonly enabled: boolean };
  readonly tracing: Where & { readonly endpoint: string; readonly port: number };
  readonly edge: Where;
  readonly backing: Readonly<Record<'postgres' | 'nats' | 'valkey' | 'mailpit', Backing>>;
}
interface Where { readonly namespace: string; readonly podLabels: Record<string, string> }
interface Backing extends Where { readonly kind: 'release' | 'pods' | 'external'; readonly port: number; readonly cidrs: readonly string[] }

export interface Render {
  /** `local`, `staging`, `production`, or a variant. */
  readonly environment: string;
  readonly global: Global;
  /** Addresses of the API server, where an operator's pods need it. */
  readonly apiServer: readonly string[];
  readonly muster: Manifest[];
  readonly backing: Manifest[];
  /** As helm wrote it. */
  readonly texts: Readonly<Record<'muster' | 'backing', string>>;
}

export interface Ran { readonly status: number; readonly stdout: string; readonly stderr: string }

export function run(program: string, args: readonly string[], input?: string): Promise<Ran> {
  const path = findTool(program) ?? program;
  return new Promise((resolve) => {
    const child = execFile(path, [...args], { env: toolEnvironment(), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stdout, stderr: stderr || (error && !stdout ? error.message : '') });
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** Works on all items, as many at a time as there are processors, and answers in their order. */
export async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return results;
}

/** The values files of a chart in an environment. */
export function valuesFiles(chart: string, environment: string): string[] {
  const base = variants[environment] ?? environment;
  return [
    join(charts, chart, `values-${base}.yaml`),
    ...(base === 'production' ? [join(charts, chart, 'digests.example.yaml')] : []),
    ...(base === environment ? [] : [join(charts, chart, 'tests', 'values', `${environment}.yaml`)]),
  ];
}

export function template(chart: string, environment: string, more: readonly string[] = [], release = chart === 'muster-backing' ? 'muster-backing' : 'muster'): Promise<Ran> {
  const files = valuesFiles(chart, environment).flatMap((file) => ['--values', file]);
  return run('helm', ['template', release, join(charts, chart), '--namespace', 'muster', ...files, ...more]);
}

/** Objects of a render. @throws Error with what helm said when it refused */
export function manifestsIn({ status, stdout, stderr }: Ran): Manifest[] {
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest | null).filter((one): one is Manifest => one !== null);
}

export async function render(environment: string): Promise<Render> {
  const [muster, backing] = await Promise.all([template('muster', environment), template('muster-backing', environment)]);
  const { global } = valuesOf('muster', environment) as unknown as { global: Global };
  const { postgresql } = valuesOf('muster-backing', environment) as unknown as { postgresql: { cloudnativepg: { apiServer: { cidrs: string[] } } } };
  const manifests = { muster: manifestsIn(muster), backing: manifestsIn(backing) };
  return { environment, global, apiServer: postgresql.cloudnativepg.apiServer.cidrs, ...manifests, texts: { muster: muster.stdout, backing: backing.stdout } };
}

export const allEnvironments = (): string[] => [...environments, ...Object.keys(variants)];

const read = (file: string): Tree => (parse(readFileSync(file, 'utf8'), { merge: true }) ?? {}) as Tree;

/** A chart's values in an environment, as helm puts them together. */
function valuesOf(chart: string, environment: string): Tree {
  const shared = read(join(charts, 'platform', 'values.yaml'))['shared'] as Tree;
  return [shared, read(join(charts, chart, 'values.yaml')), ...valuesFiles(chart, environment).map(read)].reduce(merged);
}

interface Tree { [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(low: Tree, high: Tree): Tree {
  const result: Tree = { ...low };
  for (const [key, value] of Object.entries(high)) result[key] = isTree(value) && isTree(low[key]) ? merged(low[key], value) : value;
  return result;
}
