import type { Cluster } from '../cluster';
import { ownPod, type Pod } from '../objects';
import type { Source } from './try';

/** Where whoever stands in for an ingress lives, see values-local.yaml; and a namespace that nothing knows. */
const EDGE = 'muster-edge';
const ELSEWHERE = 'muster-elsewhere';
const listen = ['node', '-e', `require('node:net').createServer().listen(3000)`];

interface Prober extends Source {
  readonly labels: Readonly<Record<string, string>>;
}

export interface Probers {
  readonly inside: readonly Source[];
  readonly edge: Source;
  readonly elsewhere: Source;
  remove(): Promise<void>;
}

export function nameOf(pod: Pod): string {
  return pod.metadata.labels?.['app.kubernetes.io/name'] ?? pod.metadata.name;
}

/**
 * From where attempts are made. Services have node in their pods; for everything else there is a pod with the labels
 * of what it stands for, which is never ready, so that no Service sends it anything.
 */
export async function putProbers(cluster: Cluster, pods: readonly Pod[], declared: readonly string[]): Promise<Probers> {
  const { namespace } = cluster;
  const withNode = pods.filter((pod) => pod.spec.containers[0]?.ports?.some(({ containerPort }) => containerPort === 9000));
  const inside = new Map<string, Source>(withNode.map((pod) => [nameOf(pod), { name: nameOf(pod), pod: pod.metadata.name, namespace }]));
  const instanceOf = new Map(pods.map((pod) => [nameOf(pod), pod.metadata.labels?.['app.kubernetes.io/instance'] ?? '']));
  const probers: Prober[] = [];
  for (const name of new Set([...instanceOf.keys(), ...declared, 'stranger'])) {
    if (inside.has(name) || name === 'edge') continue;
    const labels: Record<string, string> = name === 'stranger' ? {} : { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instanceOf.get(name) ?? cluster.release };
    probers.push({ name, pod: `prober-${name}`, namespace, labels: { ...labels, 'muster/prober': 'yes' } });
  }
  const outside = [EDGE, ELSEWHERE].map((place): Prober => ({ name: place === EDGE ? 'edge' : 'stranger elsewhere', pod: 'prober', namespace: place, labels: { 'muster/prober': 'yes' } }));
  const image = withNode[0]?.spec.containers[0]?.image ?? '';
  const podOf = ({ pod, namespace: place, labels }: Prober): object => {
    const made = ownPod({ name: pod, image, command: listen, labels, neverReady: place === namespace }) as { metadata: object };
    return { ...made, metadata: { ...made.metadata, namespace: place } };
  };
  await cluster.put(...[EDGE, ELSEWHERE].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })), ...[...probers, ...outside].map(podOf));
  for (const place of [namespace, EDGE, ELSEWHERE]) {
    await cluster.kubectl('wait', 'pod', '-n', place, '-l', 'muster/prober=yes', '--for=jsonpath={.status.phase}=Running', '--timeout=120s');
  }
  const [edge, elsewhere] = outside as [Prober, Prober];
  return {
    inside: [...inside.values(), ...probers], edge, elsewhere,
    remove: async () => {
      await cluster.kubectl('delete', 'pod', '-l', 'muster/prober=yes', '--ignore-not-found', '--wait=false');
      await cluster.kubectl('delete', 'namespace', EDGE, ELSEWHERE, '--ignore-not-found', '--wait=false');
    },
  };
}
