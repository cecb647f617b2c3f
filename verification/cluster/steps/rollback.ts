// Takes an upgrade back, and has the migration of another fail: the old release serves on.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';
import type { Findings } from '../findings';
import { LoadPod } from '../load/load';
import { isReady } from '../objects';
import { changeOf, roll, rolledOut, tryUpgrade, upgrade } from '../release';

const RATE = 30;
const CLIENTS = 8;
/** The migration of matching is not told the owner's address, which it insists on. */
const failing = ['--set', 'matching.migration.backoffLimit=0', '--set', 'matching.migration.secrets={DATABASE_URL,CURSOR_SECRET}'];

export async function rollback(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster);
  const load = await LoadPod.put(cluster);
  await load.start(CLIENTS, RATE);
  await takeBack(cluster, findings);
  await failMigration(cluster, findings);
  const ended = await load.stop();
  findings.add({
    what: 'requests during rollback and failed upgrade', saw: `${ended.failed} of ${ended.answered + ended.failed} failed in ${ended.seconds.toFixed(0)} s ${ended.how}`,
    met: ended.failed === 0 && ended.answered > 0, figures: { rollbackAnswered: ended.answered, rollbackFailed: ended.failed },
  });
  await load.remove();
}

async function takeBack(cluster: Cluster, findings: Findings): Promise<void> {
  const sample = (): Promise<string> => cluster.kubectl('get', 'configmap', cluster.named('notification'), '-o', 'jsonpath={.data.LOG_SAMPLE}');
  const before = await sample();
  const { revision } = await latest(cluster);
  await roll(cluster, 'notification', changeOf('notification', 77));
  const changed = await sample();
  await cluster.helm(['rollback', cluster.release, String(revision), '--wait', '--timeout', '5m']);
  await rolledOut(cluster, 'notification');
  const after = await sample();
  findings.add({ what: 'helm rollback', saw: `LOG_SAMPLE of notification ${before} → ${changed} → ${after}`, met: changed !== before && after === before });
}

async function failMigration(cluster: Cluster, findings: Findings): Promise<void> {
  const readyPods = async (): Promise<string[]> => (await cluster.pods()).filter(isReady).map((pod) => pod.metadata.name);
  const before = await readyPods();
  const failed = await tryUpgrade(cluster, [...failing, ...changeOf('matching', 66)], '2m');
  await sleep(5000);
  const after = await readyPods();
  const { status, description } = await latest(cluster);
  findings.add({
    what: 'an upgrade whose migration fails leaves the old release serving',
    saw: `helm ended with ${failed.code}: ${description.slice(0, 110)}; ${after.filter((name) => before.includes(name)).length} of ${before.length} pods are the old ones and ready`,
    met: failed.code !== 0 && status === 'failed' && description.includes('hook') && before.length > 0 && before.every((name) => after.includes(name)),
  });
  await upgrade(cluster);
  const healed = (await latest(cluster)).status;
  findings.add({ what: 'the next good upgrade heals the release', saw: healed, met: healed === 'deployed' });
}

async function latest(cluster: Cluster): Promise<{ revision: number; status: string; description: string }> {
  return (JSON.parse(await cluster.helm(['history', cluster.release, '-o', 'json', '--max', '1'])) as [{ revision: number; status: string; description: string }])[0];
}
