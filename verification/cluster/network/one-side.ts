import type { Cluster } from '../cluster';
import { until } from '../cluster';
import type { Probers } from './probers';
import { letThrough, tryFrom, type Source, type Target } from './try';

/** A connection passes two policies. With one side opened to everything, the other has to hold alone. */
export type Side = 'ingress' | 'egress';

/**
 * Runs the attempts while only policies of that side stand in their way, and puts the other side back.
 *
 * @throws Error when the opened side does not open within 60 s: then nothing was shown
 */
export async function heldBy<Found>(side: Side, cluster: Cluster, probers: Probers, attempts: () => Promise<Found>): Promise<Found> {
  const opened = side === 'ingress' ? 'egress' : 'ingress';
  const name = `prober-any-${opened}`;
  const rule = opened === 'egress' ? { policyTypes: ['Egress'], egress: [{}] } : { policyTypes: ['Ingress'], ingress: [{}] };
  await cluster.put({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec: { podSelector: {}, ...rule } });
  try {
    const { from, to } = await witness(side, cluster, probers);
    await until(`any ${opened} is let through`, 60, async () => ((await tryFrom(cluster, from, [to], () => false)).every(letThrough) ? true : undefined));
    return await attempts();
  } finally {
    await cluster.kubectl('delete', 'networkpolicy', name, '--ignore-not-found');
  }
}

/** Two pods that nothing declares, one of them where no policy is: they meet once the opened side is open. */
async function witness(side: Side, cluster: Cluster, { inside, elsewhere }: Probers): Promise<{ from: Source; to: Target }> {
  const stranger = inside.find(({ name }) => name === 'stranger');
  if (!stranger) throw new Error('there is no stranger among the probers');
  const [from, to] = side === 'ingress' ? [stranger, elsewhere] : [elsewhere, stranger];
  const host = await cluster.kubectl('get', 'pod', to.pod, '-n', to.namespace, '-o', 'jsonpath={.status.podIP}');
  return { from, to: { name: to.name, host: host.trim(), port: 3000 } };
}
