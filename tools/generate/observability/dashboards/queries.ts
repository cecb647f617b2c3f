// PromQL in the terms of the metrics catalogue, for panels: a name or a label that is not in the catalogue is a type error.
import { metrics, type KeyOf, type MetricKey } from '@muster/platform/metrics/catalogue';

/** What Prometheus adds to every scraped series, beside the labels of the catalogue. */
type Scraped = 'service' | 'pod';
type LabelOf<Key extends MetricKey> = (typeof metrics)[Key]['labels'][number] | Scraped;

interface Asked<Key extends MetricKey> {
  readonly by: ReadonlyArray<LabelOf<Key>>;
  /** Regular expressions that the labels match as a whole. */
  readonly where?: Partial<Record<LabelOf<Key>, string>>;
}

export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** Grafana puts in the namespaces that are chosen; a Muster outside of Kubernetes has the label nowhere, which `.*` matches. */
const selected = (where: Readonly<Record<string, string | undefined>> = {}): string =>
  `{${['namespace=~"$namespace"', ...Object.entries(where).map(([label, value]) => `${label}=~"${value}"`)].join(', ')}}`;
const legendOf = (by: readonly string[]): string => by.map((label) => `{{${label}}}`).join(' ');
const grouped = (how: string, by: readonly string[], inner: string): string => `${how}${by.length > 0 ? ` by (${by.join(', ')})` : ''} (${inner})`;

/** A counter, or the number of observations of a histogram. */
const countOf = (key: KeyOf<'counter' | 'histogram'>): string => (metrics[key].type === 'histogram' ? `${metrics[key].name}_count` : metrics[key].name);

/** Zero for each service that is heard. */
const zeroOf = (service?: string): string => `0 * sum by (service) (${metrics.httpRequestsInFlight.name}${selected(service === undefined ? {} : { service })})`;

/** Per second. A series that is not there before its first count is shown as zero for each service that is. */
export function rate<Key extends KeyOf<'counter' | 'histogram'>>(key: Key, { by, where }: Asked<Key>): Query {
  const expr = grouped('sum', by, `rate(${countOf(key)}${selected(where)}[$__rate_interval])`);
  const zero = zeroOf((where as { service?: string } | undefined)?.service);
  return { expr: by.length === 0 ? `${expr} or sum(${zero})` : `${expr} or on (${by.includes('service') ? 'service' : ''}) ${zero}`, legend: legendOf(by) };
}

/** How many in a window, such as `1h`, of a counter whose series are all there from the start. */
export function increase<Key extends KeyOf<'counter'>>(key: Key, { by, where }: Asked<Key>, window: string): Query {
  return { expr: grouped('sum', by, `increase(${metrics[key].name}${selected(where)}[${window}])`), legend: legendOf(by) };
}

/** Of a gauge that every replica reads from one place (a database), or whose worst replica counts. */
export function largest<Key extends KeyOf<'gauge'>>(key: Key, { by, where }: Asked<Key>): Query {
  return { expr: grouped('max', by, `${metrics[key].name}${selected(where)}`), legend: legendOf(by) };
}

/** Of a gauge that each replica has of its own. */
export function total<Key extends KeyOf<'gauge'>>(key: Key, { by, where }: Asked<Key>): Query {
  return { expr: grouped('sum', by, `${metrics[key].name}${selected(where)}`), legend: legendOf(by) };
}

/** The value that `share` of the observations stay below, as near as the buckets tell. */
export function quantile<Key extends KeyOf<'histogram'>>(share: number, key: Key, { by, where }: Asked<Key>, window = '$__rate_interval'): Query {
  return {
    expr: `histogram_quantile(${share}, ${grouped('sum', ['le', ...by], `rate(${metrics[key].name}_bucket${selected(where)}[${window}])`)})`,
    legend: `p${share * 100} ${legendOf(by)}`.trim(),
  };
}

/** Zero where nothing was observed, of what a healthy Muster may not do for days. */
export const orZero = ({ expr, legend }: Query): Query => ({ expr: `(${expr} >= 0) or on (service) ${zeroOf()}`, legend });

/** The `most` highest. */
export const highest = (most: number, { expr, legend }: Query): Query => ({ expr: `topk(${most}, ${expr})`, legend });
export const named = (legend: string, { expr }: Query): Query => ({ expr, legend });
/** The share that one is of another, as long as there is another. */
export const share = (legend: string, part: Query, whole: Query): Query => ({ expr: `${part.expr} / (${whole.expr} > 0) or 0 * ${part.expr}`, legend });
/** Of the process and not of a service: the metrics that prom-client brings. */
export function ofProcess(name: `process_${string}` | `nodejs_${string}`, how: 'rate' | 'max' = 'max'): Query {
  const series = `${name}${selected()}`;
  return { expr: how === 'rate' ? `sum by (service, pod) (rate(${series}[$__rate_interval]))` : `max by (service, pod) (${series})`, legend: '{{service}} {{pod}}' };
}
/** A series that the rules of the objectives record. */
export const recorded = (name: string, objective: string): Query => ({ expr: `max by (sloth_service) (${name}{sloth_slo="${objective}"})`, legend: '{{sloth_service}}' });
