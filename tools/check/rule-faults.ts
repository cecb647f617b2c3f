// What is wrong with a set of rules, as far as it can be told without Prometheus: names and labels of metrics that no
// service exports, limits that are no bucket, alerts without what somebody who is woken needs, runbooks that nothing leads to.
import { existsSync, readdirSync } from 'node:fs';
import { metrics, type MetricDefinition } from '@muster/platform/metrics/catalogue';
import { objectives, type Group, type Rule } from '../generate/observability/objectives';

const RUNBOOKS = 'docs/runbooks';
const definitions = new Map<string, MetricDefinition>(Object.values(metrics).map((one) => [one.name, one]));
/** Labels that Prometheus adds to what it scrapes, and that every metric of a service carries. */
const common = ['service', 'namespace'];
const suffixes = /_(?:bucket|count|sum)$/;

export function definitionOf(name: string): MetricDefinition | undefined {
  const histogram = definitions.get(name.replace(suffixes, ''));
  if (suffixes.test(name) && histogram?.type === 'histogram') return { ...histogram, labels: [...histogram.labels, ...(name.endsWith('_bucket') ? ['le'] : [])] };
  return definitions.get(name);
}

/** Every metric of Muster that the expression reads, with the labels it selects by. */
export function selectionsOf(expr: string): Array<readonly [name: string, labels: ReadonlyArray<readonly [string, string]>]> {
  return [...expr.matchAll(/\b((?:muster|http)_[a-z_]+)(?:\{([^}]*)\})?/g)].map(([, name = '', selector = '']) =>
    [name, [...selector.matchAll(/(\w+)\s*(?:=~|!=|!~|=)\s*"([^"]*)"/g)].map(([, label = '', value = '']) => [label, value] as const)]);
}

export function faultsOfExpr({ alert, record, expr }: Rule): string[] {
  const subject = alert ?? record ?? '';
  return selectionsOf(expr).flatMap(([name, labels]) => {
    const definition = definitionOf(name);
    if (!definition) return [`${subject} reads ${name}, which no service exports`];
    return [
      ...labels.filter(([label]) => ![...common, ...definition.labels].includes(label)).map(([label]) => `${subject} selects ${name} by ${label}, which it has not`),
      ...labels.filter(([label, value]) => label === 'le' && !definition.buckets?.includes(Number(value))).map(([, value]) => `${subject} takes ${value} for a bucket of ${name}`),
    ];
  });
}

/** Labels that `sum by` and `max by` keep, and templates quote, have to be there as well; `deployment` is kube-state-metrics'. */
function faultsOfGrouping({ alert = '', expr, annotations = {} }: Rule): string[] {
  const kept = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((label) => label.trim()));
  const there = new Set([...common, ...(expr.includes('kube_') ? ['deployment'] : []), ...selectionsOf(expr).flatMap(([name]) => definitionOf(name)?.labels ?? [])]);
  const quoted = [...Object.values(annotations).join(' ').matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
  return [
    ...kept.filter((label) => !there.has(label)).map((label) => `${alert} groups by ${label}, which its metrics have not`),
    ...quoted.filter((label) => kept.length > 0 && !kept.includes(label)).map((label) => `${alert} speaks of ${label}, which it does not keep`),
  ];
}

function faultsOfAlert(rule: Rule): string[] {
  const { alert = '', expr, labels = {}, annotations = {} } = rule;
  const runbook = annotations['runbook_url'] ?? '';
  return [
    ...(annotations['summary'] ? [] : [`${alert} has no summary`]),
    ...(['page', 'ticket'].includes(labels['severity'] ?? '') ? [] : [`${alert} has no severity`]),
    ...(runbook.startsWith(`${RUNBOOKS}/`) && existsSync(runbook) ? [] : [`${alert} leads to ${runbook || 'no runbook'}, which is not there`]),
    ...(expr.includes('slo:') ? [] : faultsOfGrouping(rule)),
  ];
}

export function ruleFaults(groups: readonly Group[]): string[] {
  return groups.flatMap(({ rules }) => rules.flatMap((rule) => [...faultsOfExpr(rule), ...(rule.alert === undefined ? [] : faultsOfAlert(rule))]));
}

export const runbooks = (): string[] => readdirSync(RUNBOOKS).filter((name) => name.endsWith('.md') && name !== 'README.md').map((name) => `${RUNBOOKS}/${name}`);

export function runbookFaults(groups: readonly Group[], there = runbooks()): string[] {
  const linked = groups.flatMap(({ rules }) => rules.map(({ annotations }) => annotations?.['runbook_url']));
  return there.filter((name) => !linked.includes(name)).map((name) => `${name} is led to by no alert`);
}

/** Metrics that are declared and that no code sets: what is made of them stays silent for ever. */
export function unsetMetrics(sources: string): string[] {
  return Object.keys(metrics).filter((key) => !new RegExp(`(?:counter|gauge|histogram)\\('${key}'\\)`).test(sources)).map((key) => `no service sets ${key}`);
}

/** Every objective for each service that there is. */
export function objectiveFaults(services: readonly string[]): string[] {
  return services.flatMap((service) => (['availability', 'latency', 'delivery'] as const)
    .filter((name) => objectives.filter((one) => one.service === service && one.name === name).length !== 1)
    .map((name) => `${service} has no objective of ${name}, or several`));
}
