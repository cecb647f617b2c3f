// Drains the only node: one pod of each part may go, the next is held by its budget, and no request fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { until, type Cluster } from '../cluster';
import type { Findings } from '../finding';
import { accountsFor } from '../load/accounts';
import { howItFailed, Load, putLoadPod, removeLoadPod } from '../load/load';
import { isReady, type Items } from '../objects';
import { parts } from '../release';

/** Half of the pods are gone for a while: a load that the other half carries on a small machine. */
const RATE = 30;
const CLIENTS = 8;

interface Node {
  readonly metadata: { readonly name: string };
}

export async function drain(cluster: Cluster, findings: Findings): Promise<void> {
  const { items: [node] } = await cluster.get<Items<Node>>('nodes');
  if (!node) throw new Error('there is no node');
  await putLoadPod(cluster);
  const accounts = await accountsFor(cluster, findings);
  const load = await Load.start(cluster, accounts, { clients: CLIENTS, rate: RATE });
  await sleep(3000);
  const before = await names(cluster);
  let refused = '';
  try {
    // Only the product's pods: those it stands on have no second replica here, and no budget.
    const { code, err, out } = await cluster.tryKubectl(
      ['drain', node.metadata.name, '--pod-selector', `app.kubernetes.io/instance=${cluster.release}`, '--delete-emptydir-data', '--timeout=45s'], { seconds: 90 },
    );
    refused = code === 0 ? '' : `${err}${out}`;
    const left = await names(cluster);
    const evicted = parts.map((part) => before.filter((name) => name.part === part && !left.some((other) => other.name === name.name)).length);
    findings.add({
      what: 'node drained: one pod of each part goes, the next is refused', saw: `evicted ${parts.map((part, at) => `${part} ${evicted[at]}`).join(', ')}; ${/violate the pod's disruption budget/.exec(refused)?.[0] ?? `not refused: ${refused.slice(-200)}`}`,
      met: evicted.every((count) => count === 1) && refused.includes("violate the pod's disruption budget"), figures: { evicted: evicted.reduce((sum, count) => sum + count, 0) },
    });
  } finally {
    await cluster.kubectl('uncordon', node.metadata.name);
  }
  const uncordoned = Date.now();
  await until('all pods are ready again', 180, async () => {
    const pods = await cluster.pods(`app.kubernetes.io/instance=${cluster.release}`);
    return (pods.length === before.length && pods.every(isReady)) || undefined;
  }, 1000);
  findings.add({ what: 'uncordon heals', saw: `${before.length} pods ready ${((Date.now() - uncordoned) / 1000).toFixed(0)} s later`, met: true });
  const ended = await load.stop();
  findings.add({
    what: `requests during drain and uncordon, ${RATE}/s`, saw: `${ended.failed} of ${ended.answered + ended.failed} failed in ${ended.seconds.toFixed(0)} s ${howItFailed(ended)}`,
    met: ended.failed === 0 && ended.answered > 0, figures: { drainAnswered: ended.answered, drainFailed: ended.failed },
  });
  await removeLoadPod(cluster);
}

async function names(cluster: Cluster): Promise<Array<{ part: string; name: string }>> {
  const all = await Promise.all(parts.map(async (part) => (await cluster.podsOf(part)).map((pod) => ({ part, name: pod.metadata.name }))));
  return all.flat();
}
