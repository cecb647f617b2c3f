// The open connections of a render are the declared service graph: no tool knows who may speak to whom. Who reaches whom
// under a set of NetworkPolicies is as Kubernetes defines it: both ends must allow it, and an end that no policy selects
// allows everything.
import { BlockList } from 'node:net';
import { serviceGraph, type Edge } from '../../generate/charts/service-graph';
import { called, ofKind, podsOf, selects, type Labels, type Manifest, type Peer, type PolicyRule } from './manifests';
import type { Render } from './renders';

const NAMESPACE = 'muster';

interface End {
  readonly name: string;
  /** Of a pod; an address outside of the cluster has none. */
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
  readonly address?: string;
}
const podEnd = (name: string, namespace: string, labels: Labels = {}): End => ({ name, pod: { namespace, labels } });
const nameOf = (labels: Labels): string => labels['app.kubernetes.io/name'] ?? '?';
const hostIn = (cidr = ''): string => (cidr.split('/')[0] ?? '').replace(/\d+$/, '7');

/** Everybody who could be at one end of a connection: pods of the render, who is expected outside, and who is not. */
function endsOf({ global: { edge, monitoring, tracing, backing: servers }, muster, backing, apiServer }: Render): End[] {
  const inside = podsOf([...muster, ...backing]).map(({ labels }): [string, End] => [nameOf(labels), podEnd(nameOf(labels), NAMESPACE, labels)]);
  const database = ofKind(backing, 'Cluster').map(({ metadata }): [string, End] => ['postgres', podEnd('postgres', NAMESPACE, { 'cnpg.io/cluster': metadata.name })]);
  return [
    ...new Map([...inside, ...database]).values(),
    ...Object.entries(servers).filter(([, { kind }]) => kind === 'external').map(([name, { cidrs }]): End => ({ name, address: hostIn(cidrs[0]) })),
    ...apiServer.map((cidr): End => ({ name: 'api-server', address: cidr.split('/')[0] ?? '' })),
    podEnd('edge', edge.namespace, edge.podLabels), podEnd('prometheus', monitoring.namespace, monitoring.podLabels), podEnd('collector', tracing.namespace, tracing.podLabels),
    podEnd('cnpg-operator', 'cnpg-system'), podEnd('dns', 'kube-system', { 'k8s-app': 'kube-dns' }),
    { name: 'internet', address: '93.184.215.14' }, { name: 'cloud metadata', address: '169.254.169.254' }, { name: 'a private network', address: '10.250.9.9' },
    // Right labels in a wrong namespace, and wrong labels in the right one.
    podEnd('an impostor', 'elsewhere', { 'app.kubernetes.io/name': 'matching', 'app.kubernetes.io/instance': 'muster' }), podEnd('a neighbour', NAMESPACE, { app: 'neighbour' }),
  ];
}

const line = (from: string, to: string, port: number): string => `${from} → ${to}:${port}`;

/** The part of the graph that this environment's settings open, with the ports that its values name. */
function declared({ global: { routes, monitoring, tracing, backing: servers }, muster, backing }: Render, present: ReadonlySet<string>): Set<string> {
  const isCluster = ofKind(backing, 'Cluster').length > 0;
  const open: Record<Edge['when'], boolean> = {
    always: true, hook: true, test: true, routes: routes.enabled, paths: !routes.enabled, metrics: monitoring.enabled,
    tracing: tracing.endpoint !== '', mailpit: servers.mailpit.kind === 'release', cloudnativepg: isCluster,
  };
  const portOf = ({ to, port, when }: Edge): number => (when === 'tracing' ? tracing.port : to in servers && (when === 'always' || when === 'hook') ? servers[to as keyof typeof servers].port : port);
  const edges = serviceGraph().edges.filter((edge) => open[edge.when] && present.has(edge.from) && present.has(edge.to));
  const askers = podsOf([...muster, ...backing]).map(({ labels }) => labels).filter((labels) => labels['app.kubernetes.io/component'] !== 'backing').map(nameOf);
  return new Set([...edges.map((edge) => line(edge.from, edge.to, portOf(edge))), ...[...askers, ...(isCluster ? ['postgres'] : [])].map((name) => line(name, 'dns', 53))]);
}

/** Every port that anybody listens on or is said to, and some that nobody should. */
function portsOf({ global, muster, backing }: Render): Set<number> {
  const listened = podsOf([...muster, ...backing]).flatMap(({ containers }) => containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)));
  return new Set([...listened, ...Object.values(global.backing).map(({ port }) => port), ...serviceGraph().edges.map(({ port }) => port), global.tracing.port, 22, 53, 80, 443]);
}

const blocks = new Map<string, BlockList>();
/** Whether a block holds an address; IPv4 only, which is what the ends outside are given. */
function isIn(cidr: string, address: string): boolean {
  const [net = '', bits] = cidr.split('/');
  if (net.includes(':')) return false;
  const block = blocks.get(cidr) ?? new BlockList();
  if (!blocks.has(cidr)) block.addSubnet(net, Number(bits), 'ipv4');
  blocks.set(cidr, block);
  return block.check(address, 'ipv4');
}

function matches({ ipBlock, namespaceSelector, podSelector }: Peer, { pod, address }: End): boolean {
  if (ipBlock) return address !== undefined && isIn(ipBlock.cidr, address) && !(ipBlock.except ?? []).some((block) => isIn(block, address));
  if (!pod) return false;
  const inNamespace = namespaceSelector ? selects(namespaceSelector.matchLabels, { 'kubernetes.io/metadata.name': pod.namespace }) : pod.namespace === NAMESPACE;
  return inNamespace && selects(podSelector?.matchLabels, pod.labels);
}

/** The rules about one end; undefined where no policy selects it. */
function rulesOf(policies: readonly Manifest[], { pod }: End, direction: 'ingress' | 'egress'): readonly PolicyRule[] | undefined {
  if (pod?.namespace !== NAMESPACE) return undefined;
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const selecting = policies.filter(({ spec }) => spec?.policyTypes?.includes(type) && selects(spec.podSelector?.matchLabels, pod.labels));
  return selecting.length === 0 ? undefined : selecting.flatMap(({ spec }) => spec?.[direction] ?? []);
}

function allows(rules: readonly PolicyRule[] | undefined, other: End, port: number): boolean {
  return rules === undefined || rules.some(({ from, to, ports }) => {
    const peers = from ?? to;
    return (!ports || ports.some((one) => one.port === port)) && (!peers || peers.some((peer) => matches(peer, other)));
  });
}

export function networkFaults(render: Render): string[] {
  const policies = ofKind([...render.muster, ...render.backing], 'NetworkPolicy');
  const ends = endsOf(render).map((end) => ({ end, egress: rulesOf(policies, end, 'egress'), ingress: rulesOf(policies, end, 'ingress') }));
  const ports = [...portsOf(render)];
  const isInside = ({ pod }: End): boolean => pod?.namespace === NAMESPACE;
  const found = new Set(ends.flatMap((from) => ends.filter((to) => isInside(from.end) || isInside(to.end)).flatMap((to) =>
    ports.filter((port) => allows(from.egress, to.end, port) && allows(to.ingress, from.end, port)).map((port) => line(from.end.name, to.end.name, port)))));
  const wanted = declared(render, new Set(ends.map(({ end }) => end.name)));
  return [
    ...[...found].filter((one) => !wanted.has(one)).map((one) => `${render.environment}: ${one} is open and nobody declared it`),
    ...[...wanted].filter((one) => !found.has(one)).map((one) => `${render.environment}: ${one} is declared and shut`),
  ];
}

type Plant = readonly [fault: string, expect: RegExp, plant: (policy: (name: string) => NonNullable<Manifest['spec']>) => void];
const PLANTS: readonly Plant[] = [
  ['auth may speak to the internet', /auth → internet:443 is open/, (policy) => policy('auth').egress?.push({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ protocol: 'TCP', port: 443 }] })],
  ['a caller left out', /matching → user:9000 is declared and shut/, (policy) => policy('user').ingress?.splice(1, 1)],
  ['every namespace let in', /an impostor → auth:9000 is open/, (policy) => policy('auth').ingress?.[1]?.from?.push({ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'matching' } } })],
  ['the ingress let onto the operations port', /edge → matching:9000 is open/, (policy) => policy('matching').ingress?.[0]?.ports?.push({ protocol: 'TCP', port: 9000 })],
  ['a migration without DNS', /auth-migration → dns:53 is declared/, (policy) => policy('auth-migration').egress?.shift()],
  ['no default deny', /a neighbour.* is open/, (policy) => (policy('default-deny').podSelector = { matchLabels: { app: 'nobody' } })],
];
export const plantCount = PLANTS.length;

/** Faults put into the policies of a good render that went by unnoticed. */
export function missedNetworkPlants(good: Render): string[] {
  return PLANTS.filter(([, expect, plant]) => {
    const copy = structuredClone(good);
    // Policies of the backing release shut the namespace as well.
    const bad = { ...copy, backing: copy.backing.filter(({ metadata }) => metadata.name !== 'muster-backing-default-deny') };
    plant((name) => {
      const found = bad.muster.find((manifest) => called(manifest) === `NetworkPolicy muster-${name}`)?.spec;
      if (!found) throw new Error(`a plant wants NetworkPolicy muster-${name}`);
      return found;
    });
    return !networkFaults(bad).some((fault) => expect.test(fault));
  }).map(([fault]) => `the comparison with the service graph did not notice “${fault}”`);
}
