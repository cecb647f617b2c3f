// The release `muster` as helm has it: installed, upgraded, its parts rolled.
import { join } from 'node:path';
import { services, type Cluster, type ServiceName } from './cluster';

const charts = join(__dirname, '..', '..', 'charts');

export type Part = ServiceName | 'web';
export const parts: readonly Part[] = [...services, 'web'];

export function chartOf(name: 'muster' | 'muster-backing'): string {
  return join(charts, name);
}

/** What every upgrade of the harness says, so that only what a step is about changes. */
function upgradeArguments(cluster: Cluster, extra: readonly string[], timeout: string): string[] {
  const values = [join(chartOf('muster'), 'values-local.yaml'), join(__dirname, 'load', 'values.yaml')];
  return ['upgrade', '--install', cluster.release, chartOf('muster'), ...values.flatMap((file) => ['-f', file]), '--timeout', timeout, ...extra];
}

export function upgrade(cluster: Cluster, extra: readonly string[] = [], timeout = '6m'): Promise<string> {
  return cluster.helm(upgradeArguments(cluster, ['--wait', ...extra], timeout));
}

/** Ends as it ends. */
export function tryUpgrade(cluster: Cluster, extra: readonly string[], timeout = '3m'): ReturnType<Cluster['tryHelm']> {
  return cluster.tryHelm(upgradeArguments(cluster, ['--wait', ...extra], timeout));
}

/** A change of configuration that matters to nobody but the checksum, which makes the part's pods anew. @param roll 0 to 99 */
export function changeOf(part: Part, roll: number): string[] {
  return part === 'web' ? ['--set-string', `frontend.config.REAL_IP_FROM=192.0.2.${roll}`] : ['--set-json', `${part}.config.LOG_SAMPLE=${0.1 + roll / 1000}`];
}

/** `helm upgrade` until no old pod of the part serves any more. */
export async function roll(cluster: Cluster, part: Part, extra: readonly string[]): Promise<void> {
  await upgrade(cluster, extra);
  await cluster.rolledOut(part);
}
