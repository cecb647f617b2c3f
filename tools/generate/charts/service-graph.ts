import { commonRoutes, routes } from '@muster/contracts/catalogue';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { callersOf } from '@muster/platform/internal/caller-table';
import { consumptionOf } from '@muster/platform/messaging/consume';
// Makes the one declared service graph out of the contracts: who may open a connection to whom, on which port, and why.
// Network policies, PEERS and the test on a real cluster read it. Part of `npm run generate`.
import { stringify } from 'yaml';
import { markedExports } from '../marked-exports';

export const PORTS = { http: 3000, ops: 9000, web: 8080, postgres: 5432, nats: 4222, valkey: 6379, mailpit: 1025 } as const;

const VARIABLE_OF = { postgres: 'DATABASE_URL', nats: 'NATS_URL', valkey: 'VALKEY_URL', mailpit: 'MAIL_URL' } as const;

/** Every service keeps rows, speaks to the broker and counts requests. */
const BACKING_OF_ALL = ['nats', 'postgres', 'valkey'];
/** Mail goes out where it is sent from: the service that reads MAIL_URL. */
const BACKING_OF: Partial<Record<ServiceName, readonly string[]>> = { auth: ['mailpit'] };
/** Only notification speaks to the internet: push services of browsers. */
const INTERNET_OF: Partial<Record<ServiceName, readonly number[]>> = { notification: [443] };

/**
 * `always`, or what opens it: `routes` (nginx carries the paths), `paths` (an ingress does), `metrics`, `tracing`, `hook` and
 * `test` (while those run), `mailpit` (mail is caught here), `cloudnativepg` (an operator keeps the database).
 */
type When = 'always' | 'routes' | 'paths' | 'metrics' | 'tracing' | 'hook' | 'test' | 'mailpit' | 'cloudnativepg';

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly when: When;
  readonly why: string;
}

interface Node {
  readonly calls: readonly string[];
  readonly calledBy: readonly string[];
  readonly backing: readonly string[];
  readonly internet: readonly number[];
  /** Whether the web app's nginx may pass requests on to it. */
  readonly routed: boolean;
  readonly routes: readonly string[];
}

/** The services whose events `service` reads, found by its classes that are marked with `@Consume`. */
function producersReadBy(service: ServiceName): Set<ServiceName> {
  const classes = markedExports(service, /^@Consume\(/m).filter((value) => typeof value === 'function');
  return new Set(classes.flatMap((type) => consumptionOf(type)?.events ?? []).map(({ producer }) => producer));
}

/** Internal routes that a service serves and another calls; common ones only where the caller reads the callee's events. */
function callRows(): Edge[] {
  const common = new Set(commonRoutes.map(({ id }) => id));
  return serviceNames.flatMap((callee) =>
    callersOf(callee, [...routes[callee], ...commonRoutes]).flatMap(({ caller, routes: ids }): Edge[] => {
      const reads = producersReadBy(caller as ServiceName).has(callee);
      const used = ids.filter((id) => reads || !common.has(id));
      return used.length === 0 ? [] : [{ from: caller, to: callee, port: PORTS.ops, when: 'always', why: used.join(', ') }];
    }),
  );
}

function backingOf(service: ServiceName): string[] {
  return [...BACKING_OF_ALL, ...(BACKING_OF[service] ?? [])].sort();
}

function edgesOf(service: ServiceName): Edge[] {
  const edge = (from: string, to: string, port: number, when: When, why: string): Edge => ({ from, to, port, when, why });
  return [
    ...backingOf(service).map((part) => edge(service, part, PORTS[part as keyof typeof PORTS], 'always', VARIABLE_OF[part as keyof typeof VARIABLE_OF])),
    edge(`${service}-migration`, 'postgres', PORTS.postgres, 'hook', 'DATABASE_MIGRATOR_URL'),
    edge('web', service, PORTS.http, 'routes', 'path routes of nginx'),
    edge('edge', service, PORTS.http, 'paths', 'path routes of the ingress'),
    edge('prometheus', service, PORTS.ops, 'metrics', '/metrics'),
    edge(service, 'collector', 4318, 'tracing', 'OTEL_EXPORTER_OTLP_ENDPOINT'),
    edge(`${service}-test`, service, PORTS.http, 'test', 'helm test'),
    ...(INTERNET_OF[service] ?? []).map((port) => edge(service, 'internet', port, 'always', 'push services of browsers')),
  ];
}

export function serviceGraph(): { ports: typeof PORTS; nodes: Record<string, Node>; edges: Edge[] } {
  const calls = callRows();
  const web: Edge[] = [
    { from: 'edge', to: 'web', port: PORTS.web, when: 'always', why: 'the web app' },
    { from: 'web-test', to: 'web', port: PORTS.web, when: 'test', why: 'helm test' },
    { from: 'edge', to: 'mailpit', port: 8025, when: 'mailpit', why: 'reading the mail that was caught' },
  ];
  const nodes = Object.fromEntries(serviceNames.map((service): [string, Node] => [service, {
    calls: calls.filter(({ from }) => from === service).map(({ to }) => to).sort(),
    calledBy: calls.filter(({ to }) => to === service).map(({ from }) => from).sort(),
    backing: backingOf(service),
    internet: INTERNET_OF[service] ?? [],
    routed: true,
    routes: [],
  }]));
  nodes['web'] = { calls: [], calledBy: [], backing: [], internet: [], routed: false, routes: [...serviceNames] };
  const edges = [...calls, ...serviceNames.flatMap(edgesOf), ...web, ...operatorEdges()];
  return { ports: PORTS, nodes, edges: edges.sort((a, b) => key(a).localeCompare(key(b))) };
}

/** Between the instances that CloudNativePG runs, their operator, and where they report and archive to. */
function operatorEdges(): Edge[] {
  const when = 'cloudnativepg';
  return [
    { from: 'postgres', to: 'postgres', port: PORTS.postgres, when, why: 'replication' },
    { from: 'postgres', to: 'postgres', port: 8000, when, why: 'state of the instances' },
    { from: 'cnpg-operator', to: 'postgres', port: PORTS.postgres, when, why: 'roles and databases' },
    { from: 'cnpg-operator', to: 'postgres', port: 8000, when, why: 'state of the instances' },
    { from: 'prometheus', to: 'postgres', port: 9187, when, why: '/metrics' },
    { from: 'postgres', to: 'api-server', port: 443, when, why: 'leadership' },
    { from: 'postgres', to: 'internet', port: 443, when, why: 'backups in an object store' },
  ];
}

function key({ from, to, port }: Edge): string {
  return `${from} ${to} ${port}`;
}

/** What is made of the graph, by its path in the repository. */
export function graphFiles(): Record<string, string> {
  const { ports, nodes, edges } = serviceGraph();
  const note = '{{/* Generated from the contracts by tools/generate/charts/service-graph.ts; a check fails where it is stale. */}}';
  const body = stringify({ ports: { http: ports.http, ops: ports.ops }, nodes }, { flowCollectionPadding: false, lineWidth: 0 });
  return {
    'charts/platform/templates/_service-graph.tpl': `${note}\n{{- define "platform.serviceGraph" -}}\n${body}{{- end -}}\n`,
    'docs/generated/service-graph.json': `${JSON.stringify({ ports, edges }, null, 2)}\n`,
  };
}
