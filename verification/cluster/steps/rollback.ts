// Takes an upgrade back, and has the migration of another fail: the old release serves on.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import { accountsFor } from '../load/accounts';
import { howItFailed, Load, putLoadPod, removeLoadPod } from '../load/load';
import { isReady } from '../objects';
import { changeOf, roll, tryUpgrade, upgrade } from '../release';

const RATE = 30;
const CLIENTS = 8;
/** The migration of matching is not told the owner's address, which it insists on. */
const failing = ['--set', 'matching.migration.backoffLimit=0', '--set', 'matching.migration.secrets={DATABASE_URL,CURSOR_SECRET}'];

interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly description: string;
}

export async function rollback(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster);
  await putLoadPod(cluster);
  const load = await Load.start(cluster, await accountsFor(cluster, findings), { clients: CLIENTS, rate: RATE });
  await takeBack(cluster, findings);
  await failMigration(cluster, findings);
  const ended = await load.stop();
  findings.add({
    what: 'requests during rollback and failed upgrade', saw: `${ended.failed} of ${ended.answered + ended.failed} failed in ${ended.seconds.toFixed(0)} s ${howItFailed(ended)}`,
    met: ended.failed === 0 && ended.answered > 0, figures: { rollbackAnswered: ended.answered, rollbackFailed: ended.failed },
  });
  await removeLoadPod(cluster);
}

async function takeBack(cluster: Cluster, findings: Findings): Promise<void> {
  const before = await sampleOf(cluster);
  const { revision } = await current(cluster);
  await roll(cluster, 'notification', changeOf('notification', 77));
  const changed = await sampleOf(cluster);
  await cluster.helm(['rollback', cluster.release, String(revision), '--wait', '--timeout', '5m']);
  await cluster.rolledOut('notification');
  const after = await sampleOf(cluster);
  findings.add({ what: 'helm rollback', saw: `LOG_SAMPLE of notification ${before} → ${changed} → ${after}, revision ${(await current(cluster)).revision}`, met: changed !== before && after === before });
}

async function failMigration(cluster: Cluster, findings: Findings): Promise<void> {
  const before = await podNames(cluster);
  const failed = await tryUpgrade(cluster, [...failing, ...changeOf('matching', 66)], '2m');
  await sleep(5000);
  const after = await podNames(cluster);
  const { status, description } = await current(cluster);
  findings.add({
    what: 'an upgrade whose migration fails leaves the old release serving',
    saw: `helm ended with ${failed.code}: ${description.slice(0, 110)}; ${after.filter((name) => before.includes(name)).length} of ${before.length} pods are the old ones and ready`,
    met: failed.code !== 0 && status === 'failed' && description.includes('hook') && before.length > 0 && before.every((name) => after.includes(name)),
  });
  await upgrade(cluster);
  findings.add({ what: 'the next good upgrade heals the release', saw: (await current(cluster)).status, met: (await current(cluster)).status === 'deployed' });
}

async function current(cluster: Cluster): Promise<Revision> {
  const history = JSON.parse(await cluster.helm(['history', cluster.release, '-o', 'json', '--max', '1'])) as Revision[];
  return history.at(-1) as Revision;
}

function sampleOf(cluster: Cluster): Promise<string> {
  return cluster.kubectl('get', 'configmap', cluster.named('notification'), '-o', 'jsonpath={.data.LOG_SAMPLE}');
}

async function podNames(cluster: Cluster): Promise<string[]> {
  return (await cluster.pods(`app.kubernetes.io/instance=${cluster.release}`)).filter(isReady).map((pod) => pod.metadata.name);
}
