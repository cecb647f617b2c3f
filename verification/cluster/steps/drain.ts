// Drains the only node: one pod of each part may go, the next is held by its budget, and no request fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { parts, until, type Cluster } from '../cluster';
import type { Findings } from '../findings';
import { LoadPod } from '../load/load';
import { isReady, type Items, type Pod } from '../objects';

/** Half of the pods are gone for a while: a load that the other half carries on a small machine. */
const RATE = 30;
const CLIENTS = 8;
const REFUSED = "violate the pod's disruption budget";

export async function drain(cluster: Cluster, findings: Findings): Promise<void> {
  const { items: [node] } = await cluster.get<Items<Pod>>('nodes');
  if (!node) throw new Error('there is no node');
  const load = await LoadPod.put(cluster);
  await load.start(CLIENTS, RATE);
  await sleep(3000);
  const before = await cluster.podsOf(...parts);
  try {
    // Only the product's pods: those it stands on have no second replica here, and no budget.
    const { code, err, out } = await cluster.tryKubectl(
      ['drain', node.metadata.name, '--pod-selector', `app.kubernetes.io/instance=${cluster.release}`, '--delete-emptydir-data', '--timeout=45s'], { seconds: 90 },
    );
    const left = new Set((await cluster.podsOf(...parts)).map((pod) => pod.metadata.name));
    const gone = before.filter((pod) => !left.has(pod.metadata.name)).map((pod) => pod.metadata.labels?.['app.kubernetes.io/name'] ?? '');
    const isRefused = code !== 0 && `${err}${out}`.includes(REFUSED);
    findings.add({
      what: 'node drained: one pod of each part goes, the next is refused', saw: `evicted ${gone.sort().join(', ')}; ${isRefused ? REFUSED : `not refused: ${err.slice(-200)}`}`,
      met: isRefused && gone.join() === [...parts].sort().join(), figures: { evicted: gone.length },
    });
  } finally {
    await cluster.kubectl('uncordon', node.metadata.name);
  }
  await until('all pods are ready again', 180, async () => {
    const pods = await cluster.podsOf(...parts);
    return (pods.length === before.length && pods.every(isReady)) || undefined;
  });
  const ended = await load.stop();
  findings.add({
    what: `requests during drain and uncordon, ${RATE}/s`, saw: `${ended.failed} of ${ended.answered + ended.failed} failed in ${ended.seconds.toFixed(0)} s ${ended.how}`,
    met: ended.failed === 0 && ended.answered > 0, figures: { drainAnswered: ended.answered, drainFailed: ended.failed },
  });
  await load.remove();
}
