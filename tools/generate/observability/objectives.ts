import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { metrics } from '@muster/platform/metrics/catalogue';
// What Muster promises of each service over thirty days, in the terms of its metrics, and the rules that Prometheus evaluates
// of it: for each objective the error ratios, its metadata and two alerts on how fast the error budget burns, named as
// Sloth names them so that its dashboards read them. A change of the list is a change of the promise. The promtool tests
// (charts/muster/tests/rules) and the other alerts (charts/muster/files/rules/causes.yaml) are written by hand.
import { Document } from 'yaml';
import { compactYaml } from '../charts/compact';

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
export interface Group { readonly name: string; readonly interval?: string; readonly rules: readonly Rule[] }

interface Objective {
  readonly service: ServiceName;
  readonly name: 'availability' | 'latency' | 'delivery';
  /** Percent of the requests that count, of delivery percent of the time. */
  readonly percent: number;
  readonly promise: string;
  /** Seconds: a request slower than this is an error of latency (one of the histogram's buckets), an event that waits longer one of delivery. */
  readonly seconds?: number;
  /** Of delivery: whose events, in the selector of the lag. */
  readonly lag?: string;
}

const AVAILABILITY_PERCENT = 99.9;
const LATENCY_PERCENT = 99;
const DELIVERY_PERCENT = 99;
const DELIVERY_SECONDS = 30;
const SECONDS = 0.3;
/** A sign-in hashes a password, which is slow on purpose. */
const SECONDS_WITH_HASHING = 0.5;

/** auth awaits nobody's events: its own must not wait elsewhere. */
const lagOf = (service: ServiceName): string => (service === 'auth' ? 'producer="auth"' : `service="${service}"`);

export const objectives: readonly Objective[] = serviceNames.flatMap((service) => {
  const seconds = service === 'auth' ? SECONDS_WITH_HASHING : SECONDS;
  return [
    { service, name: 'availability', percent: AVAILABILITY_PERCENT, promise: `${AVAILABILITY_PERCENT} % of requests are answered without a 5xx` },
    { service, name: 'latency', percent: LATENCY_PERCENT, seconds, promise: `${LATENCY_PERCENT} % of requests that are answered are so within ${seconds} s` },
    {
      service, name: 'delivery', percent: DELIVERY_PERCENT, seconds: DELIVERY_SECONDS, lag: lagOf(service),
      promise: `${DELIVERY_PERCENT} % of the time no event ${service === 'auth' ? 'of it waits elsewhere' : 'waits for it'} for longer than ${DELIVERY_SECONDS} s`,
    },
  ] as const;
});

/**
 * Requests per second below which the ratio is as if there were so many: at night one failure of three requests says
 * nothing. With 0.2 a page wants eleven failures within an hour, however few requests there are.
 */
export const LEAST_RATE = 0.2;
export const burns = [
  { severity: 'page', factor: 14.4, short: '5m', long: '1h' },
  { severity: 'page', factor: 6, short: '30m', long: '6h' },
  { severity: 'ticket', factor: 3, short: '2h', long: '1d' },
  { severity: 'ticket', factor: 1, short: '6h', long: '3d' },
] as const;
const PERIOD = '30d';
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
export const alertNames = { availability: 'MusterAvailabilityBurn', latency: 'MusterLatencyBurn', delivery: 'MusterDeliveryBurn' } as const;

/** The share that is allowed to fail. */
const budgetOf = ({ percent }: Objective): number => Number((1 - percent / 100).toFixed(6));
const slothLabels = ({ service, name }: Objective): Record<string, string> => ({ sloth_id: `${service}-${name}`, sloth_service: service, sloth_slo: name });
const selector = (labels: Readonly<Record<string, string>>): string => `{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(', ')}}`;

/**
 * PromQL: the share of requests in `window` that broke the objective, by namespace; 0 where there was none. Only people's
 * requests count: probes and what services ask each other neither pay for an outage nor cause one. 401, 403, 404, 409, 422
 * and 429 are answers, not errors; 503 of load shedding is an error to whoever asked.
 */
function errorRatio(objective: Objective, window: string): string {
  const { service, seconds, lag } = objective;
  if (lag !== undefined) return `max by (namespace) (avg_over_time(${LATE}${selector(slothLabels(objective))}[${window}]))`;
  const { name } = metrics.httpRequestSeconds;
  const rate = (suffix: string, more: string) => `sum by (namespace) (rate(${name}_${suffix}{service="${service}",route=~"/api/.*"${more}}[${window}]))`;
  const all = rate('count', '');
  if (seconds === undefined) return `(${rate('count', ',status_class="5xx"')} or 0 * ${all}) / clamp_min(${all}, ${LEAST_RATE})`;
  const answered = rate('count', ',status_class!="5xx"');
  return `(${answered} - ${rate('bucket', `,status_class!="5xx",le="${seconds}"`)}) / clamp_min(${answered}, ${LEAST_RATE})`;
}

/** 1 while the oldest event waits for too long; a rule of its own, so that days of it are read as one series. */
const LATE = 'slo:sli_late:bool';
const late = ({ lag, seconds }: Objective): string => `max by (namespace) (${metrics.eventLagSeconds.name}{${lag}}) > bool ${seconds}`;

function ratios(objective: Objective): readonly Rule[] {
  const labels = slothLabels(objective);
  const shortest = `slo:sli_error:ratio_rate5m${selector(labels)}`;
  return [
    ...(objective.lag === undefined ? [] : [{ record: LATE, expr: late(objective), labels }]),
    ...windows.map((window) => ({ record: `slo:sli_error:ratio_rate${window}`, expr: errorRatio(objective, window), labels: { ...labels, sloth_window: window } })),
    // Thirty days of requests are too many to read: the mean of the short ratio is near enough for a dashboard.
    {
      record: `slo:sli_error:ratio_rate${PERIOD}`, expr: `sum_over_time(${shortest}[${PERIOD}]) / ignoring (sloth_window) count_over_time(${shortest}[${PERIOD}])`,
      labels: { ...labels, sloth_window: PERIOD },
    },
  ];
}

function metadata(objective: Objective): readonly Rule[] {
  const labels = slothLabels(objective);
  const of = selector(labels);
  const budget = `on (sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio${of}`;
  return [
    { record: 'slo:objective:ratio', expr: `vector(${1 - budgetOf(objective)})`, labels },
    { record: 'slo:error_budget:ratio', expr: `vector(${budgetOf(objective)})`, labels },
    { record: 'slo:time_period:days', expr: `vector(${Number.parseInt(PERIOD, 10)})`, labels },
    { record: 'slo:current_burn_rate:ratio', expr: `slo:sli_error:ratio_rate5m${of} / ${budget}`, labels },
    { record: 'slo:period_burn_rate:ratio', expr: `slo:sli_error:ratio_rate${PERIOD}${of} / ${budget}`, labels },
    { record: 'slo:period_error_budget_remaining:ratio', expr: `1 - slo:period_burn_rate:ratio${of}`, labels },
    { record: 'sloth_slo_info', expr: 'vector(1)', labels: { ...labels, sloth_mode: 'muster', sloth_objective: String(objective.percent) } },
  ];
}

/** Both windows above the factor: the long one says it matters, the short one that it lasts. The window's own label would keep them from meeting. */
function burning(objective: Objective, { factor, short, long }: (typeof burns)[number]): string {
  const limit = Number((factor * budgetOf(objective)).toFixed(6));
  const above = (window: string): string => `max without (sloth_window) (slo:sli_error:ratio_rate${window}${selector(slothLabels(objective))} > ${limit})`;
  return `(${above(short)} and ${above(long)})`;
}

const wrong: Readonly<Record<Objective['name'], string>> = { availability: 'fails', latency: 'is too slow', delivery: 'is too late with events' };

/** One parked aggregate keeps events waiting as well, and wakes nobody: delivery is a ticket at every rate. */
const severitiesOf = ({ name }: Objective): ReadonlyArray<'page' | 'ticket'> => (name === 'delivery' ? ['ticket'] : ['page', 'ticket']);

function burnAlerts(objective: Objective): readonly Rule[] {
  const { service, name, promise } = objective;
  const severities = severitiesOf(objective);
  return severities.map((severity) => ({
    alert: alertNames[name],
    expr: burns.filter((burn) => severities.length === 1 || burn.severity === severity).map((burn) => burning(objective, burn)).join(' or '),
    labels: { severity, sloth_severity: severity, service },
    annotations: {
      summary: `${service} ${wrong[name]} more often than its error budget bears${severity === 'page' ? ', and fast' : ''}.`,
      description: `Promised over ${PERIOD}: ${promise}. Failing now: {{ $value | humanizePercentage }}.`,
      runbook_url: `docs/runbooks/${name}-burn.md`,
    },
  }));
}

const NOTE = '# Generated from tools/generate/observability/objectives.ts: npm run generate\n';
/** A rule is a line: it lies four collections deep. */
const A_LINE_EACH = 4;

/** The kinds of objectives, each a file of rules of its own: the tests of one kind then evaluate no other's. */
export const objectiveNames = ['availability', 'latency', 'delivery'] as const;

/** By its path in the repository. Three days of every request are read for the longest window: once a minute is enough. */
export function ruleFiles(): Record<string, string> {
  return Object.fromEntries(objectiveNames.map((name) => {
    const groups = objectives.filter((objective) => objective.name === name).flatMap((objective): Group[] => {
      const id = `${objective.service}-${objective.name}`;
      return [
        { name: `sloth-slo-sli-recordings-${id}`, interval: '1m', rules: ratios(objective) },
        { name: `sloth-slo-meta-recordings-${id}`, rules: metadata(objective) },
        { name: `sloth-slo-alerts-${id}`, rules: burnAlerts(objective) },
      ];
    });
    return [`charts/muster/files/rules/${name}.yaml`, `${NOTE}${compactYaml(new Document({ groups }, { aliasDuplicateObjects: false }), A_LINE_EACH)}`];
  }));
}
