import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Counter, Gauge, Histogram, register, Registry, type Metric, type OpenMetricsContentType } from 'prom-client';
import { metrics, type KeyOf, type LabelsOf, type MetricDefinition, type MetricKey } from './catalogue';

/** Labels are left out where a metric has none: `inc()`, `set(3)`. */
type WithLabels<Key extends MetricKey, Value extends unknown[]> = [keyof LabelsOf<Key>] extends [never]
  ? Value
  : [labels: LabelsOf<Key>, ...Value];

export interface CounterOf<Key extends MetricKey> {
  inc(...args: WithLabels<Key, [by?: number]>): void;
}
export interface GaugeOf<Key extends MetricKey> {
  set(...args: WithLabels<Key, [value: number]>): void;
  /** Forgets every value this service has set, before setting those that exist now. */
  reset(): Promise<void>;
}
export interface HistogramOf<Key extends MetricKey> {
  observe(...args: WithLabels<Key, [value: number]>): void;
  /** For what is observed on every request: keep it, its labels are put together once. */
  series(labels: LabelsOf<Key>): Observe;
}

/** @param traceId of a trace that was recorded; ignored where the metric has no exemplars */
export type Observe = (value: number, traceId?: string) => void;

type Collect = () => void | Promise<void>;

/** prom-client's registry is the process's, so what is collected at a scrape is kept beside it. */
const collectors = new Set<Collect>();

/**
 * A service's hand on the catalogue: names and labels are typed, the label `service` is added. In standalone five of
 * these share one registry.
 */
export class Metrics {
  private readonly counters = new Map<string, CounterOf<MetricKey>>();
  private readonly gauges = new Map<string, GaugeOf<MetricKey>>();
  private readonly histograms = new Map<string, HistogramOf<MetricKey>>();
  private readonly own = new Set<Collect>();

  constructor(readonly service: ServiceName) {
    for (const definition of Object.values<MetricDefinition>(metrics)) if (definition.services?.includes(service) !== false) registered(definition);
  }

  counter<Key extends KeyOf<'counter'>>(key: Key): CounterOf<Key> {
    return kept(this.counters, key, () => {
      const metric = registered(metrics[key]) as Counter;
      return { inc: (...args: unknown[]) => call(args, 1, this.service, (labels, by) => metric.inc(labels, by)) };
    }) as CounterOf<Key>;
  }

  gauge<Key extends KeyOf<'gauge'>>(key: Key): GaugeOf<Key> {
    return kept(this.gauges, key, () => {
      const metric = registered(metrics[key]) as Gauge;
      return {
        set: (...args: unknown[]) => call(args, 0, this.service, (labels, value) => metric.set(labels, value)),
        reset: () => forget(metric, this.service),
      };
    }) as GaugeOf<Key>;
  }

  histogram<Key extends KeyOf<'histogram'>>(key: Key): HistogramOf<Key> {
    return kept(this.histograms, key, () => {
      const metric = registered(metrics[key]) as Histogram;
      return {
        observe: (...args: unknown[]) => call(args, 0, this.service, (labels, value) => metric.labels(labels).observe(value)),
        series: (labels: Record<string, string>): Observe => seriesOf(metric, { ...labels, service: this.service }, metrics[key]),
      };
    }) as unknown as HistogramOf<Key>;
  }

  /** Runs before each scrape; for gauges that are read rather than kept (pools, queues, lags). */
  onScrape(collect: Collect): void {
    collectors.add(collect);
    this.own.add(collect);
  }

  close(): void {
    for (const collect of this.own) collectors.delete(collect);
    this.own.clear();
  }
}

/** Longest that a scrape waits for what is collected, milliseconds; Prometheus gives up after ten seconds. */
const COLLECT_MS = 3000;
const collecting = new Map<Collect, Promise<void>>();

/**
 * The text of `/metrics` for the whole process, in the Prometheus format. A collector that fails or takes too long is
 * left out, so that a database that hangs does not make five services look gone.
 */
export async function metricsText(): Promise<string> {
  await Promise.all([...collectors].map(collected));
  return register.metrics();
}

/** The same in the OpenMetrics format, which alone has exemplars. */
export async function openMetricsText(): Promise<string> {
  await Promise.all([...collectors].map(collected));
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // Writing this format renames each counter; on a copy, or the other format would have the new name.
  for (const { name } of await register.getMetricsAsJSON()) registry.registerMetric(Object.create(register.getSingleMetric(name) ?? null) as Metric);
  return registry.metrics();
}

/** One that still runs since an earlier scrape is waited for, not begun again: its queries would pile up. */
async function collected(collect: Collect): Promise<void> {
  const work = collecting.get(collect) ?? begun(collect);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, COLLECT_MS)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}

function begun(collect: Collect): Promise<void> {
  const work = (async () => collect())()
    .catch(() => undefined)
    .finally(() => collecting.delete(collect));
  collecting.set(collect, work);
  return work;
}

export const metricsContentType: string = Registry.PROMETHEUS_CONTENT_TYPE;
export const openMetricsContentType: string = Registry.OPENMETRICS_CONTENT_TYPE;

function seriesOf(metric: Histogram, labels: Record<string, string>, { exemplars }: MetricDefinition): Observe {
  const series = metric.labels(labels);
  if (!exemplars) return (value) => series.observe(value);
  return (value, traceId) => {
    if (traceId === undefined) series.observe(value);
    else metric.observe({ labels, value, exemplarLabels: { trace_id: traceId } });
  };
}

function kept<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function call(args: unknown[], fallback: number, service: string, run: (labels: Record<string, string>, value: number) => void): void {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) {
    run({ ...(first as Record<string, string>), service }, typeof second === 'number' ? second : fallback);
  } else {
    run({ service }, typeof first === 'number' ? first : fallback);
  }
}

async function forget(metric: Gauge, service: string): Promise<void> {
  const { values } = await metric.get();
  for (const { labels } of values) if (labels['service'] === service) metric.remove(labels);
}

/** A metric with exemplars refuses to be made for a registry that also writes the format without them. */
function registeredHistogram(histogram: Histogram): Histogram {
  register.registerMetric(histogram);
  return histogram;
}

function registered(definition: MetricDefinition): Metric {
  const existing = register.getSingleMetric(definition.name);
  if (existing) return existing;
  const common = { name: definition.name, help: definition.help, labelNames: [...definition.labels, 'service'] };
  switch (definition.type) {
    case 'counter':
      return new Counter(common);
    case 'gauge':
      return new Gauge(common);
    case 'histogram':
      return registeredHistogram(new Histogram({ ...common, buckets: [...(definition.buckets ?? [])], enableExemplars: definition.exemplars ?? false, registers: [] }));
  }
}
