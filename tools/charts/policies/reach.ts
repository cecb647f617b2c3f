// Who reaches whom under a set of NetworkPolicies, as Kubernetes defines it: both ends must allow it, and an end that no
// policy selects allows everything.
import { BlockList } from 'node:net';
import { selects, type Labels, type Manifest, type PolicyRule } from '../manifests';

export interface End {
  readonly name: string;
  /** Of a pod; an address outside of the cluster has none. */
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
  readonly address?: string;
}

type Peer = NonNullable<PolicyRule['from']>[number];

/** Whether a block holds an address; IPv4 only, which is what the ends outside are given. */
function isIn(cidr: string, address: string): boolean {
  const [net = '', bits] = cidr.split('/');
  if (net.includes(':')) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), 'ipv4');
  return list.check(address, 'ipv4');
}

function matches(peer: Peer, end: End, namespace: string): boolean {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    return end.address !== undefined && isIn(cidr, end.address) && !except.some((block) => isIn(block, end.address ?? ''));
  }
  if (!end.pod) return false;
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector.matchLabels, { 'kubernetes.io/metadata.name': end.pod.namespace })
    : end.pod.namespace === namespace;
  return inNamespace && selects(peer.podSelector?.matchLabels, end.pod.labels);
}

function allows(policies: readonly Manifest[], direction: 'Ingress' | 'Egress', own: End, other: End, port: number, namespace: string): boolean {
  const about = policies.filter(({ spec }) => spec?.policyTypes?.includes(direction) && own.pod && selects(spec.podSelector?.matchLabels, own.pod.labels));
  if (about.length === 0) return true;
  return about.some(({ spec }) =>
    (direction === 'Ingress' ? spec?.ingress : spec?.egress)?.some((rule) => {
      const peers = direction === 'Ingress' ? rule.from : rule.to;
      return (!peers || peers.some((peer) => matches(peer, other, namespace))) && (!rule.ports || rule.ports.some((one) => one.port === port));
    }),
  );
}

/** `from` → `to`:port is open, where the policies are those of `namespace`. */
export function reaches(policies: readonly Manifest[], namespace: string, from: End, to: End, port: number): boolean {
  const inside = (end: End): boolean => end.pod?.namespace === namespace;
  return (
    (!inside(from) || allows(policies, 'Egress', from, to, port, namespace)) && (!inside(to) || allows(policies, 'Ingress', to, from, port, namespace))
  );
}
