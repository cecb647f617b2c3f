// The release `muster` as helm has it: installed, upgraded, its parts rolled.
import { join } from 'node:path';
import type { Cluster, Part, Said } from './cluster';

/** What every upgrade of the harness says, so that only what a step is about changes. Ends as it ends. */
export function tryUpgrade(cluster: Cluster, extra: readonly string[], timeout: string): Promise<Said> {
  const values = ['charts/muster/values-local.yaml', join(__dirname, 'load', 'values.yaml')];
  return cluster.tryHelm(['upgrade', '--install', cluster.release, 'charts/muster', ...values.flatMap((file) => ['-f', file]), '--timeout', timeout, '--wait', ...extra]);
}

export async function upgrade(cluster: Cluster, extra: readonly string[] = []): Promise<void> {
  const { code, err } = await tryUpgrade(cluster, extra, '6m');
  if (code !== 0) throw new Error(`helm upgrade ended with ${code}: ${err.slice(-2000)}`);
}

/** A change of configuration that matters to nobody but the checksum, which makes the part's pods anew. @param roll 0 to 99 */
export function changeOf(part: Part, roll: number): string[] {
  return part === 'web' ? ['--set-string', `frontend.config.REAL_IP_FROM=192.0.2.${roll}`] : ['--set-json', `${part}.config.LOG_SAMPLE=${0.1 + roll / 1000}`];
}

export async function rolledOut(cluster: Cluster, part: Part): Promise<void> {
  await cluster.kubectl('rollout', 'status', `deployment/${cluster.named(part)}`, '--timeout=240s');
}

/** `helm upgrade` until no old pod of the part serves any more. */
export async function roll(cluster: Cluster, part: Part, extra: readonly string[]): Promise<void> {
  await upgrade(cluster, extra);
  await rolledOut(cluster, part);
}
