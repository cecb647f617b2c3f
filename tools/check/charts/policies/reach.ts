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
  const block = blocks.get(cidr) ?? new BlockList();
  if (!blocks.has(cidr)) block.addSubnet(net, Number(bits), 'ipv4');
  blocks.set(cidr, block);
  return block.check(address, 'ipv4');
}
const blocks = new Map<string, BlockList>();

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

type Direction = 'ingress' | 'egress';

/** Rules about one end by direction; undefined where no policy selects it: then everything is open. */
type Rules = Readonly<Record<Direction, readonly PolicyRule[] | undefined>>;

function allows(rules: readonly PolicyRule[] | undefined, other: End, port: number, namespace: string): boolean {
  if (!rules) return true;
  return rules.some((rule) => {
    const peers = rule.from ?? rule.to;
    return (!rule.ports || rule.ports.some((one) => one.port === port)) && (!peers || peers.some((peer) => matches(peer, other, namespace)));
  });
}

/** Says whether `from` → `to`:port is open, where the policies are those of `namespace`. */
export function reachability(policies: readonly Manifest[], namespace: string): (from: End, to: End, port: number) => boolean {
  const known = new Map<End, Rules>();
  const rulesOf = (end: End): Rules => {
    const about = (direction: Direction): readonly PolicyRule[] | undefined => {
      if (end.pod?.namespace !== namespace) return undefined;
      const type = direction === 'ingress' ? 'Ingress' : 'Egress';
      const selecting = policies.filter(({ spec }) => spec?.policyTypes?.includes(type) && selects(spec.podSelector?.matchLabels, end.pod?.labels ?? {}));
      return selecting.length === 0 ? undefined : selecting.flatMap(({ spec }) => spec?.[direction] ?? []);
    };
    const rules = known.get(end) ?? { ingress: about('ingress'), egress: about('egress') };
    known.set(end, rules);
    return rules;
  };
  return (from, to, port) => allows(rulesOf(from).egress, to, port, namespace) && allows(rulesOf(to).ingress, from, port, namespace);
}
