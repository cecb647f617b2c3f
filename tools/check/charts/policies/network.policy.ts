import { ofKind } from '../manifests';
import type { Render } from '../../../generate/charts/renders';
import { serviceGraph, type Edge } from '../../../generate/charts/service-graph';
import { allManifests, allPods, find, type Policy } from './policy';
import { reachability, type End } from './reach';

const NAMESPACE = 'muster';
const OUTSIDE_POD = (name: string, namespace: string, labels: Record<string, string> = {}): End => ({ name, pod: { namespace, labels } });

/** Everybody who could be at one end of a connection: pods of the render, who is expected outside, and who is not. */
function ends(render: Render): End[] {
  const { edge, monitoring, tracing, backing } = render.global;
  const inside = new Map<string, End>();
  for (const { labels } of allPods(render)) {
    const name = labels['app.kubernetes.io/name'] ?? '?';
    inside.set(name, { name, pod: { namespace: NAMESPACE, labels } });
  }
  for (const { metadata } of ofKind(render.backing, 'Cluster')) inside.set('postgres', { name: 'postgres', pod: { namespace: NAMESPACE, labels: { 'cnpg.io/cluster': metadata.name } } });
  const external = Object.entries(backing).filter(([, { kind }]) => kind === 'external').map(([name, { cidrs }]): End => ({ name, address: hostIn(cidrs[0] ?? '') }));
  return [
    ...inside.values(),
    ...external,
    ...render.apiServer.map((cidr): End => ({ name: 'api-server', address: cidr.split('/')[0] ?? '' })),
    OUTSIDE_POD('edge', edge.namespace, edge.podLabels),
    OUTSIDE_POD('prometheus', monitoring.namespace, monitoring.podLabels),
    OUTSIDE_POD('collector', tracing.namespace, tracing.podLabels),
    OUTSIDE_POD('cnpg-operator', 'cnpg-system'),
    OUTSIDE_POD('dns', 'kube-system', { 'k8s-app': 'kube-dns' }),
    { name: 'internet', address: '93.184.215.14' },
    { name: 'cloud metadata', address: '169.254.169.254' },
    { name: 'a private network', address: '10.250.9.9' },
    // Right labels in a wrong namespace, and wrong labels in the right one.
    OUTSIDE_POD('an impostor', 'elsewhere', { 'app.kubernetes.io/name': 'matching', 'app.kubernetes.io/instance': 'muster' }),
    OUTSIDE_POD('a neighbour', NAMESPACE, { app: 'neighbour' }),
  ];
}

const hostIn = (cidr: string): string => (cidr.split('/')[0] ?? '').replace(/\d+$/, '7');
const line = (from: string, to: string, port: number): string => `${from} → ${to}:${port}`;

/** The part of the graph that this environment's settings open, with the ports that its values name. */
function declared(render: Render, present: ReadonlySet<string>): Set<string> {
  const { routes, monitoring, tracing, backing } = render.global;
  const isCluster = ofKind(render.backing, 'Cluster').length > 0;
  const open: Record<Edge['when'], boolean> = {
    always: true, hook: true, test: true, routes: routes.enabled, paths: !routes.enabled, metrics: monitoring.enabled,
    tracing: tracing.endpoint !== '', mailpit: backing.mailpit.kind === 'release', cloudnativepg: isCluster,
  };
  const portOf = ({ to, port, when }: Edge): number => (when === 'tracing' ? tracing.port : to in backing && (when === 'always' || when === 'hook') ? backing[to as keyof typeof backing].port : port);
  const edges = serviceGraph().edges.filter((edge) => open[edge.when] && present.has(edge.from) && present.has(edge.to));
  const isOwn = ({ labels }: { labels: Record<string, string> }): boolean => labels['app.kubernetes.io/component'] !== 'backing';
  const askers = new Set([...allPods(render).filter(isOwn).map(({ labels }) => labels['app.kubernetes.io/name'] ?? '?'), ...(isCluster ? ['postgres'] : [])]);
  return new Set([...edges.map((edge) => line(edge.from, edge.to, portOf(edge))), ...[...askers].map((name) => line(name, 'dns', 53))]);
}

function open(render: Render): Set<string> {
  const reaches = reachability(ofKind(allManifests(render), 'NetworkPolicy'), NAMESPACE);
  const all = ends(render);
  const ports = portsOf(render);
  const isOutside = ({ pod }: End): boolean => pod?.namespace !== NAMESPACE;
  const found = new Set<string>();
  for (const from of all) {
    for (const to of all) {
      if (isOutside(from) && isOutside(to)) continue;
      for (const port of ports) if (reaches(from, to, port)) found.add(line(from.name, to.name, port));
    }
  }
  return found;
}

/** Every port that anybody listens on or is said to, and some that nobody should. */
function portsOf(render: Render): Set<number> {
  const listened = allPods(render).flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)));
  const backing = Object.values(render.global.backing).map(({ port }) => port);
  return new Set([...listened, ...backing, ...serviceGraph().edges.map(({ port }) => port), render.global.tracing.port, 22, 53, 80, 443]);
}

export const network: Policy = {
  name: 'the open connections are the declared service graph',
  check: (render) => {
    const wanted = declared(render, new Set(ends(render).map(({ name }) => name)));
    const found = open(render);
    return [
      ...[...found].filter((one) => !wanted.has(one)).map((one) => `${one} is open and nobody declared it`),
      ...[...wanted].filter((one) => !found.has(one)).map((one) => `${one} is declared and shut`),
    ];
  },
  plants: [
    { fault: 'no default deny', in: 'local', plant: (r) => r.muster.splice(r.muster.indexOf(find(r, 'NetworkPolicy muster-default-deny')), 1) && r.backing.splice(r.backing.indexOf(find(r, 'NetworkPolicy muster-backing-default-deny')), 1), expect: /a neighbour.* is open/ },
    { fault: 'auth may speak to the internet', in: 'production', plant: (r) => find(r, 'NetworkPolicy muster-auth').spec!.egress!.push({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ protocol: 'TCP', port: 443 }] }), expect: /auth → internet:443 is open/ },
    { fault: 'a caller left out', in: 'staging', plant: (r) => void find(r, 'NetworkPolicy muster-user').spec!.ingress!.splice(1, 1), expect: /matching → user:9000 is declared and shut/ },
    { fault: 'every namespace let in', in: 'staging', plant: (r) => find(r, 'NetworkPolicy muster-auth').spec!.ingress![1]!.from!.push({ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'matching' } } }), expect: /an impostor → auth:9000 is open/ },
    { fault: 'the ingress let onto the operations port', in: 'production', plant: (r) => find(r, 'NetworkPolicy muster-matching').spec!.ingress![0]!.ports!.push({ protocol: 'TCP', port: 9000 }), expect: /edge → matching:9000 is open/ },
    { fault: 'a migration without DNS', in: 'local', plant: (r) => void find(r, 'NetworkPolicy muster-auth-migration').spec!.egress!.shift(), expect: /auth-migration → dns:53 is declared/ },
  ],
};

/** Only public ports stand in an Ingress or an HTTPRoute, and none of the addresses that belong to operations. */
export const exposed: Policy = {
  name: 'operations are not exposed',
  check: (render) =>
    render.muster.filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute').flatMap(({ kind, metadata, spec }) =>
      (spec?.rules ?? []).flatMap((rule) => {
        const paths = [...(rule.http?.paths ?? []).map(({ path }) => path), ...(rule.matches ?? []).map(({ path }) => path.value)];
        const ports = [...(rule.http?.paths ?? []).map(({ backend }) => backend.service.port.name ?? String(backend.service.port.number)), ...(rule.backendRefs ?? []).map(({ port }) => String(port))];
        return [
          ...paths.filter((path) => /^\/(internal|metrics|health|ready)/.test(path)).map((path) => `${kind} ${metadata.name}: ${path} is public`),
          ...ports.filter((port) => port === 'ops' || port === '9000').map((port) => `${kind} ${metadata.name}: port ${port} is public`),
          ...(kind === 'Ingress' && !spec?.tls?.some(({ hosts }) => hosts.includes(rule.host ?? '')) ? [`Ingress ${metadata.name}: ${rule.host ?? 'any host'} without TLS`] : []),
        ];
      }),
    ).concat(ofKind(render.muster, 'Service').filter(({ spec }) => spec?.type !== 'ClusterIP').map(({ metadata }) => `Service ${metadata.name} is reached from outside`)),
  plants: [
    { fault: 'the operations port in an Ingress', in: 'production', plant: (r) => void (find(r, 'Ingress muster-auth').spec!.rules![0]!.http!.paths[0]!.backend.service.port = { name: 'ops' }), expect: /port ops is public/ },
    { fault: 'an internal path', in: 'staging', plant: (r) => void (find(r, 'Ingress muster-user').spec!.rules![0]!.http!.paths[0]!.path = '/internal/v1'), expect: /\/internal\/v1 is public/ },
    { fault: 'no TLS', in: 'production', plant: (r) => delete find(r, 'Ingress muster-web').spec!.tls, expect: /without TLS/ },
    { fault: 'a Service of type LoadBalancer', in: 'local', plant: (r) => void (find(r, 'Service muster-matching').spec!.type = 'LoadBalancer'), expect: /reached from outside/ },
  ],
};
