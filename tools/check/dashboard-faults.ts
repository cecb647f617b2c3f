// What is wrong with dashboards, as far as it can be told without Prometheus: queries of what no service exports, limits
// that are no bucket, panels without what somebody who is woken needs, runbooks that no panel shows anything for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { metrics } from '@muster/platform/metrics/catalogue';
import { DASHBOARDS } from '../generate/observability/dashboards/dashboards';
import type { Group } from '../generate/observability/objectives';
import { definitionOf, faultsOfExpr, runbooks, selectionsOf } from './rule-faults';

interface Target { readonly refId: string; readonly expr: string; readonly instant: boolean }
export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly targets?: readonly Target[];
  readonly links?: ReadonlyArray<{ readonly title: string; readonly url: string }>;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string; readonly thresholds?: { readonly steps: ReadonlyArray<{ readonly value: number | null }> } } };
}
export interface Dashboard { readonly uid: string; readonly title: string; readonly panels: readonly Panel[] }

export const dashboards = (): Dashboard[] =>
  readdirSync(DASHBOARDS).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(`${DASHBOARDS}/${name}`, 'utf8')) as Dashboard);

export const panelsOf = ({ panels }: Dashboard): Panel[] => panels.filter(({ type }) => type !== 'row');
export const targetsOf = ({ targets = [] }: Panel): readonly Target[] => targets;

/** The runbooks that a panel leads to, where they lie in the repository. */
export const guidesOf = ({ links = [] }: Panel): string[] => links.flatMap(({ url }) => /docs\/runbooks\/[\w-]+\.md$/.exec(url)?.[0] ?? []);

/** Labels that scraping gives, and those of series that are not of Muster's services. Each has few values. */
const alwaysThere = ['service', 'namespace', 'pod', 'le'];
const ofOthers: ReadonlyArray<readonly [series: RegExp, labels: readonly string[]]> = [
  [/\bkube_/, ['deployment']], [/\bALERTS\b/, ['alertname', 'severity']], [/\bslo:/, ['sloth_service', 'sloth_slo', 'sloth_id']],
];

function groupingFaults(subject: string, expr: string): string[] {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((label) => label.trim())).filter((label) => label !== '');
  const there = new Set([...alwaysThere, ...selectionsOf(expr).flatMap(([name]) => definitionOf(name)?.labels ?? []), ...ofOthers.flatMap(([series, labels]) => (series.test(expr) ? labels : []))]);
  return [...new Set(grouped)].filter((label) => !there.has(label)).map((label) => `${subject} shows a line for each ${label}, which the catalogue does not give its metrics: nothing bounds how many there are. Group by one of ${[...there].join(', ')}`);
}

function limitFaults(subject: string, { fieldConfig }: Panel, targets: readonly Target[]): string[] {
  const limits = (fieldConfig?.defaults.thresholds?.steps ?? []).flatMap(({ value }) => value ?? []);
  return targets.filter(({ expr }) => expr.includes('histogram_quantile')).flatMap(({ expr }) => selectionsOf(expr)).flatMap(([name]) => {
    const buckets = definitionOf(name)?.buckets ?? [];
    return limits.filter((limit) => buckets.length > 0 && !buckets.includes(limit)).map((limit) => `${subject} has the limit ${limit}, which is no bucket of ${name.replace(/_bucket$/, '')}: take one of ${buckets.join(', ')}`);
  });
}

function faultsOfPanel(subject: string, panel: Panel, recorded: ReadonlySet<string>): string[] {
  const targets = targetsOf(panel);
  const read = targets.flatMap(({ expr }) => [...expr.matchAll(/\bslo:[a-z_]+:[a-z_0-9]+/g)].map(([name]) => name));
  return [
    ...(panel.description ? [] : [`${subject} does not say what it answers: give it a description`]),
    ...(panel.fieldConfig?.defaults.unit ? [] : [`${subject} has no unit: give it one, so that its numbers can be read`]),
    ...(targets.length > 0 ? [] : [`${subject} asks nothing: give it a query or take it away`]),
    ...targets.flatMap(({ expr }) => faultsOfExpr({ alert: subject, expr }).map((fault) => `${fault}: see docs/generated/METRICS.md`)),
    ...targets.flatMap(({ expr }) => groupingFaults(subject, expr)),
    ...limitFaults(subject, panel, targets),
    ...read.filter((name) => !recorded.has(name)).map((name) => `${subject} reads ${name}, which no rule records: see charts/muster/files/rules`),
    ...guidesOf(panel).filter((guide) => !existsSync(guide)).map((guide) => `${subject} leads to ${guide}, which is not there: write it or name another`),
  ];
}

/** Everything of one set of dashboards; a sentence each that says what to do. */
export function dashboardFaults(all: readonly Dashboard[], groups: readonly Group[], guides = runbooks()): string[] {
  const rules = groups.flatMap((group) => group.rules);
  const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
  const panels = all.flatMap((dashboard) => panelsOf(dashboard).map((panel) => ({ subject: `“${panel.title}” of ${dashboard.uid}`, panel })));
  const linked = new Set(panels.flatMap(({ panel }) => guidesOf(panel)));
  const looked = new Set([...panels.flatMap(({ panel }) => targetsOf(panel)), ...rules].flatMap(({ expr }) => selectionsOf(expr)).flatMap(([name]) => definitionOf(name)?.name ?? []));
  return [
    ...panels.flatMap(({ subject, panel }) => faultsOfPanel(subject, panel, recorded)),
    ...guides.filter((guide) => !linked.has(guide)).map((guide) => `${guide} has no panel that shows what it is about: name it in the runbooks of one`),
    ...Object.values(metrics).filter(({ name }) => !looked.has(name)).map(({ name }) => `${name} is looked at by no panel and no rule: show it or take it out of the catalogue`),
  ];
}

const changedPanels = (all: readonly Dashboard[], one: (panel: Panel) => Panel): Dashboard[] => all.map((dashboard) => ({ ...dashboard, panels: dashboard.panels.map(one) }));
const withQuery = (from: string | RegExp, to: string) => (panel: Panel): Panel =>
  ({ ...panel, ...(panel.targets && { targets: panel.targets.map((target) => ({ ...target, expr: target.expr.replaceAll(from, to) })) }) });
const withLimit = (value: number) => (panel: Panel): Panel => ({ ...panel, fieldConfig: { defaults: { ...panel.fieldConfig?.defaults, thresholds: { steps: [{ value: null }, { value }] } } } });

/** Faults that are planted into the dashboards, and the sentence that has to be said of each. */
export const dashboardPlants: ReadonlyArray<readonly [what: string, fault: RegExp, change: (all: readonly Dashboard[]) => Dashboard[]]> = [
  ['a panel of a metric that is not in the catalogue', /reads muster_lag, which no service exports/, (all) => changedPanels(all, withQuery('muster_event_lag_seconds', 'muster_lag'))],
  ['a panel that selects by a label that is not there', /by street, which it has not/, (all) => changedPanels(all, withQuery('route=~', 'street=~'))],
  ['a panel with a line for each person', /shows a line for each person, .*nothing bounds/, (all) => changedPanels(all, withQuery('by (service)', 'by (person)'))],
  ['a limit of a panel that is no bucket', /the limit 0.31, which is no bucket of http_request_duration_seconds: take one of/, (all) => changedPanels(all, withLimit(0.31))],
  ['a panel of a record that no rule makes', /which no rule records/, (all) => changedPanels(all, withQuery('slo:current_burn_rate:ratio', 'slo:current_burn:ratio'))],
  ['a panel without a description', /does not say what it answers/, (all) => changedPanels(all, ({ description: _, ...panel }) => panel)],
  ['a panel without a unit', /has no unit/, (all) => changedPanels(all, ({ fieldConfig: _, ...panel }) => panel)],
  ['a panel that asks nothing', /asks nothing/, (all) => changedPanels(all, ({ targets: _, ...panel }) => panel)],
  ['a panel that leads to no runbook', /leads to docs\/runbooks\/none.md, which is not there/, (all) => changedPanels(all, (panel) => ({ ...panel, links: [{ title: 'Runbook', url: 'https://books.example/docs/runbooks/none.md' }] }))],
  ['a runbook without a panel', /has no panel that shows/, (all) => changedPanels(all, ({ links: _, ...panel }) => panel)],
  ['a metric that nobody looks at', /is looked at by no panel/, (all) => all.filter(({ uid }) => uid !== 'muster-business')],
];
