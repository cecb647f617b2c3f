// Tries every port of every pod from every kind of pod; what lets a connection through must be what the service graph
// declares, also when only one of the two policies on its way holds it.
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import type { Pod } from '../objects';
import { arrow, declaredEdges } from '../network/declared';
import { heldBy, type Side } from '../network/one-side';
import { nameOf, putProbers, type Probers } from '../network/probers';
import { letThrough, tryFrom, type Source, type Target } from '../network/try';

/** Besides those that containers declare: what listens undeclared, and what a debugger would open. */
const morePorts = [1025, 3000, 4222, 5432, 6222, 6379, 8025, 8080, 8222, 8443, 9000, 9229];

export async function network(cluster: Cluster, findings: Findings): Promise<void> {
  const pods = await cluster.pods(`app.kubernetes.io/instance in (${cluster.release},${cluster.backing})`);
  const probers = await putProbers(cluster, pods, [...new Set(declaredEdges().map(({ from }) => from))]);
  const { inside, edge, elsewhere } = probers;
  try {
    await tryInside(cluster, findings, pods, [...inside, edge, elsewhere], 'both');
    await heldBy('ingress', cluster, probers, () => tryInside(cluster, findings, pods, [...inside, edge, elsewhere], 'ingress'));
    // No policy holds what another namespace sends.
    await heldBy('egress', cluster, probers, () => tryInside(cluster, findings, pods, inside, 'egress'));
    await tryOutside(cluster, findings, probers);
  } finally {
    await probers.remove();
  }
}

const questions: Readonly<Record<Side | 'both', string>> = {
  both: 'what is open between pods is what the service graph declares',
  ingress: 'so it is when every pod may send anything: ingress holds alone',
  egress: 'so it is when every pod may receive anything: egress holds alone',
};

async function tryInside(cluster: Cluster, findings: Findings, pods: readonly Pod[], sources: readonly Source[], side: Side | 'both'): Promise<void> {
  const ports = [...new Set([...morePorts, ...pods.flatMap((pod) => pod.spec.containers.flatMap((one) => one.ports ?? []).map((one) => one.containerPort))])];
  // Two pods of a part stand behind the same policies: one stands for both. No policy is asked of a pod that calls itself.
  const targetsFor = (source: Source): Target[] => {
    const others = new Map(pods.filter((pod) => pod.metadata.name !== source.pod).map((pod) => [nameOf(pod), pod]));
    return [...others].flatMap(([name, pod]) => ports.map((port): Target => ({ name: `${name}:${port}`, host: pod.status.podIP ?? '', port })));
  };
  const names = new Set(sources.map(({ name }) => name));
  const declared = new Set(declaredEdges().filter(({ from }) => names.has(from)).map(({ from, to, port }) => arrow(from, to, port)));
  const through = new Set<string>();
  let tried = 0;
  for (const source of sources) {
    const targets = targetsFor(source);
    tried += targets.length;
    const reached = await tryFrom(cluster, source, targets, ({ name }) => declared.has(`${source.name} → ${name}`));
    for (const { name } of reached.filter(letThrough)) through.add(`${source.name} → ${name}`);
  }
  const undeclared = [...through].filter((one) => !declared.has(one));
  const shut = [...declared].filter((one) => !through.has(one));
  const some = (all: readonly string[]): string => all.slice(0, 8).join(', ') || 'none';
  findings.add({
    what: questions[side],
    saw: `${through.size} of ${tried} tried are open, ${declared.size} declared; open undeclared: ${some(undeclared)}; declared but shut: ${some(shut)}`,
    met: undeclared.length === 0 && shut.length === 0 && declared.size > 0,
    figures: side === 'both' ? { connectionsTried: tried, connectionsOpen: through.size, connectionsDeclared: declared.size, kindsOfPods: sources.length } : { [`${side}Alone`]: through.size },
  });
}

/** A pod of another namespace and the API server: no pod of Muster's has business there. */
async function tryOutside(cluster: Cluster, findings: Findings, { inside, edge, elsewhere }: Probers): Promise<void> {
  const neighbour = JSON.parse(await cluster.kubectl('get', 'pod', elsewhere.pod, '-n', elsewhere.namespace, '-o', 'json')) as Pod;
  const targets: Target[] = [
    { name: 'a pod of another namespace', host: neighbour.status.podIP ?? '', port: 3000 },
    { name: 'the API server', host: (await cluster.kubectl('get', 'service', 'kubernetes', '-n', 'default', '-o', 'jsonpath={.spec.clusterIP}')).trim(), port: 443 },
  ];
  const reached: string[] = [];
  for (const source of inside) {
    for (const { name } of (await tryFrom(cluster, source, targets, () => false)).filter(letThrough)) reached.push(`${source.name} → ${name}`);
  }
  // The same attempts from where nothing forbids them: there is something to reach.
  const control = (await tryFrom(cluster, edge, targets, () => true)).filter(letThrough).length;
  findings.add({
    what: 'no pod gets out of the namespace',
    saw: `${reached.length} of ${inside.length * targets.length} attempts got through ${reached.slice(0, 5).join(', ')} (from another namespace ${control} of ${targets.length})`,
    met: reached.length === 0 && control === targets.length, figures: { outsideReached: reached.length },
  });
}
