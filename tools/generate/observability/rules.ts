// The rules that Prometheus evaluates: for each objective the error ratios, its metadata and two alerts on how fast the
// error budget burns, named as Sloth names them so that its dashboards read them; and the other alerts.
import { Document } from 'yaml';
import { compactYaml } from '../charts/compact';
import { alerts, type Alert, type Severity } from './alerts';
import { budgetOf, errorRatio, idOf, objectives, type Objective } from './objectives';

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
export interface Group { readonly name: string; readonly interval?: string; readonly rules: readonly Rule[] }

/** A budget that burns so many times as fast as it may, seen over both windows: the long one says it matters, the short one that it lasts. */
export interface Burn { readonly severity: Severity; readonly factor: number; readonly short: string; readonly long: string }

export const burns: readonly Burn[] = [
  { severity: 'page', factor: 14.4, short: '5m', long: '1h' },
  { severity: 'page', factor: 6, short: '30m', long: '6h' },
  { severity: 'ticket', factor: 3, short: '2h', long: '1d' },
  { severity: 'ticket', factor: 1, short: '6h', long: '3d' },
];
export const PERIOD = '30d';
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
/** Three days of every request are read for the longest window: not every fifteen seconds. */
const EVERY = '1m';

/** Where runbooks are; the chart's `rules.runbooks` goes in its place. */
export const RUNBOOKS = 'docs/runbooks';
export const alertNames = { availability: 'MusterAvailabilityBurn', latency: 'MusterLatencyBurn' } as const;
export const runbookOf = ({ name }: Objective): string => `${name}-burn`;

const slothLabels = (objective: Objective): Record<string, string> => ({
  sloth_id: idOf(objective),
  sloth_service: objective.service,
  sloth_slo: objective.name,
});
const selector = (labels: Readonly<Record<string, string>>): string => `{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(', ')}}`;

function ratios(objective: Objective): Group {
  const labels = slothLabels(objective);
  const shortest = `slo:sli_error:ratio_rate5m${selector(labels)}`;
  return {
    name: `sloth-slo-sli-recordings-${idOf(objective)}`,
    interval: EVERY,
    rules: [
      ...windows.map((window) => ({ record: `slo:sli_error:ratio_rate${window}`, expr: errorRatio(objective, window), labels: { ...labels, sloth_window: window } })),
      // Thirty days of requests are too many to read: the mean of the short ratio is near enough for a dashboard.
      {
        record: `slo:sli_error:ratio_rate${PERIOD}`,
        expr: `sum_over_time(${shortest}[${PERIOD}]) / ignoring (sloth_window) count_over_time(${shortest}[${PERIOD}])`,
        labels: { ...labels, sloth_window: PERIOD },
      },
    ],
  };
}

function metadata(objective: Objective): Group {
  const labels = slothLabels(objective);
  const of = selector(labels);
  const budget = `on (sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio${of}`;
  return {
    name: `sloth-slo-meta-recordings-${idOf(objective)}`,
    rules: [
      { record: 'slo:objective:ratio', expr: `vector(${1 - budgetOf(objective)})`, labels },
      { record: 'slo:error_budget:ratio', expr: `vector(${budgetOf(objective)})`, labels },
      { record: 'slo:time_period:days', expr: `vector(${Number.parseInt(PERIOD, 10)})`, labels },
      { record: 'slo:current_burn_rate:ratio', expr: `slo:sli_error:ratio_rate5m${of} / ${budget}`, labels },
      { record: 'slo:period_burn_rate:ratio', expr: `slo:sli_error:ratio_rate${PERIOD}${of} / ${budget}`, labels },
      { record: 'slo:period_error_budget_remaining:ratio', expr: `1 - slo:period_burn_rate:ratio${of}`, labels },
      { record: 'sloth_slo_info', expr: 'vector(1)', labels: { ...labels, sloth_mode: 'muster', sloth_objective: String(objective.percent) } },
    ],
  };
}

/** Both windows above the factor; the window's own label would keep them from meeting. */
function burning(objective: Objective, { factor, short, long }: Burn): string {
  const limit = Number((factor * budgetOf(objective)).toFixed(6));
  const above = (window: string): string => `max without (sloth_window) (slo:sli_error:ratio_rate${window}${selector(slothLabels(objective))} > ${limit})`;
  return `(${above(short)} and ${above(long)})`;
}

const annotations = (summary: string, runbook: string, more: Readonly<Record<string, string>> = {}): Record<string, string> =>
  ({ summary, ...more, runbook_url: `${RUNBOOKS}/${runbook}.md` });

function burnAlerts(objective: Objective): Group {
  const what = objective.name === 'availability' ? 'fails' : 'is too slow';
  return {
    name: `sloth-slo-alerts-${idOf(objective)}`,
    rules: (['page', 'ticket'] as const).map((severity) => ({
      alert: alertNames[objective.name],
      expr: burns.filter((burn) => burn.severity === severity).map((burn) => burning(objective, burn)).join(' or '),
      labels: { severity, sloth_severity: severity, service: objective.service },
      annotations: annotations(
        `${objective.service} ${what} more often than its error budget bears${severity === 'page' ? ', and fast' : ''}.`,
        runbookOf(objective),
        { description: `Promised over ${PERIOD}: ${objective.promise}. Failing now: {{ $value | humanizePercentage }}.` },
      ),
    })),
  };
}

function causeGroup(): Group {
  const rule = ({ name, expr, for: lasting, severity, labels, summary, runbook }: Alert): Rule => ({
    alert: name, expr, for: lasting, labels: { severity, ...labels }, annotations: annotations(summary, runbook),
  });
  return { name: 'muster-causes', rules: alerts.map(rule) };
}

export const sloGroups = (objective: Objective): readonly Group[] => [ratios(objective), metadata(objective), burnAlerts(objective)];

const NOTE = '# Generated by tools/check/observability from objectives.ts and alerts.ts: npm run generate\n';
/** A rule, a series and a test are a line each: they lie four collections deep. */
const A_LINE_EACH = 4;
export const asYaml = (value: unknown): string => `${NOTE}${compactYaml(new Document(value, { aliasDuplicateObjects: false }), A_LINE_EACH)}`;

/** By their path in the repository: the rules of all objectives, or of some alone, and those of the causes. */
export function ruleFiles(among: readonly Objective[] = objectives): Record<string, string> {
  return {
    'charts/muster/files/rules/objectives.yaml': asYaml({ groups: among.flatMap(sloGroups) }),
    'charts/muster/files/rules/causes.yaml': asYaml({ groups: [causeGroup()] }),
  };
}
