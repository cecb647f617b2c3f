import { metrics, runtimeMetricPrefixes, type MetricDefinition } from './catalogue';
import { isBounded } from './label-bounds';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const definitions = new Map<string, MetricDefinition>(Object.values(metrics).map((one) => [one.name, one]));
const WHERE = 'libs/platform/src/metrics/catalogue.ts';

/**
 * What is wrong with the text of a `/metrics`, each in a sentence that says what to do: a metric that is not in the
 * catalogue or is missing, a label that is not its own or not bounded, more series than its budget allows.
 *
 * @param services whose text it is; in one process there are several
 */
export function expositionFaults(text: string, services: readonly string[]): string[] {
  const exposed = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const own = (name: string): boolean => !runtimeMetricPrefixes.some((prefix) => name.startsWith(prefix));
  const missing = [...definitions.values()].filter((one) => !exposed.has(one.name) && services.some((service) => isOf(one, service)));
  const samples = samplesOf(text).filter(({ name }) => own(name));
  return [
    ...[...exposed].filter(([name]) => own(name)).flatMap(([name, type]) => faultsOfType(name, type)),
    ...missing.map(({ name }) => `${name} is in the catalogue and not in /metrics: register it, or name the services that have it in ${WHERE}`),
    ...new Set(samples.flatMap(faultsOfSample)),
    ...faultsOfBudgets(samples),
  ];
}

function isOf({ services }: MetricDefinition, service: string): boolean {
  return services === undefined || services.some((one) => one === service);
}

function faultsOfType(name: string, type: string): string[] {
  const definition = definitions.get(name);
  if (!definition) return [`${name} is exposed and not in the catalogue: declare it in ${WHERE}, from which alerts and documents are made`];
  return definition.type === type ? [] : [`${name} is a ${definition.type} in the catalogue and a ${type} in /metrics`];
}

function faultsOfSample({ name, labels }: Sample): string[] {
  const definition = definitionOf(name);
  if (!definition) return [];
  const { service = 'no service', ...others } = labels;
  return [
    ...(isOf(definition, service) ? [] : [`${definition.name} is exposed by ${service}, which does not have it by ${WHERE}`]),
    ...Object.entries(others).flatMap(([label, value]) => {
      if (label === 'le' && definition.type === 'histogram') return [];
      if (!definition.labels.includes(label)) return [`${definition.name} has a label ${label}, which the catalogue does not give it`];
      if (isBounded(label, value)) return [];
      return [`${definition.name}: the label ${label} holds “${value}”, which nothing bounds: label by something of which there are few, or widen its bound in label-bounds.ts`];
    }),
  ];
}

/** One series for each set of labels; the buckets of a histogram are one. */
function faultsOfBudgets(samples: readonly Sample[]): string[] {
  const series = new Map<string, Set<string>>();
  for (const { name, labels } of samples) {
    const definition = definitionOf(name);
    if (!definition) continue;
    const { le: _, ...others } = labels;
    const key = `${definition.name} of ${labels['service'] ?? 'no service'}`;
    series.set(key, (series.get(key) ?? new Set()).add(JSON.stringify(Object.entries(others).sort())));
  }
  return [...series].flatMap(([key, { size }]) => {
    const budget = definitions.get(key.split(' ', 1)[0] ?? '')?.cardinality ?? 0;
    return size <= budget ? [] : [`${key} has ${size} series, its budget is ${budget}: bound its labels, or raise the budget in ${WHERE} if so many are meant`];
  });
}

function definitionOf(name: string): MetricDefinition | undefined {
  const plain = definitions.get(name);
  if (plain) return plain;
  const histogram = definitions.get(name.replace(/_(?:bucket|count|sum)$/, ''));
  return histogram?.type === 'histogram' ? histogram : undefined;
}

function samplesOf(text: string): Sample[] {
  return [...text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/gm)].map(([, name = '', labels = '']) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => [label, value])),
  }));
}
