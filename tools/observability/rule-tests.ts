// The promtool tests of the rules: what fires, stays silent and resolves, for each objective and each cause. They are run
// by `npm run check:alerts`, on the very files that the chart ships.
import { metrics } from '@muster/platform/metrics/catalogue';
import { alerts, type Alert } from './alerts';
import { budgetOf, objectives, type Objective } from './objectives';
import { alertNames, asYaml, RUNBOOKS, sloGroups } from './rules';

interface ExprTest { readonly expr: string; readonly eval_time: string; readonly exp_samples: ReadonlyArray<{ readonly labels: string; readonly value: number }> }
interface AlertTest { readonly eval_time: string; readonly alertname: string; readonly exp_alerts: ReadonlyArray<Readonly<Record<'exp_labels' | 'exp_annotations', Readonly<Record<string, string>>>>> }
interface TestGroup {
  readonly name: string;
  readonly interval: string;
  readonly input_series: ReadonlyArray<{ readonly series: string; readonly values: string }>;
  readonly promql_expr_test?: readonly ExprTest[];
  readonly alert_rule_test?: readonly AlertTest[];
}

/** So many minutes in which this share of requests breaks the objective. */
interface Stretch { readonly minutes: number; readonly share: number }

/** Requests. */
const A_MINUTE = 600;
/** Minutes between two evaluations of an objective's rules in its tests; they look at three days, and each minute of them would take promtool minutes. */
const EVERY = 10;
const LABELS = (service: string, status: string): string => `{namespace="muster",service="${service}",route="/api/v1/x",method="GET",status_class="${status}"`;

/** A counter that rises by `perMinute(stretch)` in each of the stretches, sampled every `step` minutes. */
function counter(stretches: readonly Stretch[], step: number, perMinute: (share: number) => number): string {
  let value = 0;
  return stretches.map(({ minutes, share }) => {
    // Not whole numbers: a request in ten minutes would round to none, and its test could not fail.
    const rise = Number((perMinute(share) * step).toFixed(4));
    const [from, times] = [Number(value.toFixed(4)), minutes / step];
    value += rise * times;
    return `${from}+${rise}x${times - 1}`;
  }).join(' ');
}

/** Requests as the objective counts them: failed ones for availability, slow ones for latency. */
function traffic({ service, seconds }: Objective, stretches: readonly Stretch[], step: number, perMinute = A_MINUTE): TestGroup['input_series'] {
  const { name } = metrics.httpRequestSeconds;
  const good = counter(stretches, step, (share) => perMinute * (1 - share));
  const bad = counter(stretches, step, (share) => perMinute * share);
  if (seconds === undefined) {
    return [
      { series: `${name}_count${LABELS(service, '2xx')}}`, values: good },
      { series: `${name}_count${LABELS(service, '5xx')}}`, values: bad },
    ];
  }
  return [
    { series: `${name}_count${LABELS(service, '2xx')}}`, values: counter(stretches, step, () => perMinute) },
    { series: `${name}_bucket${LABELS(service, '2xx')},le="${seconds}"}`, values: good },
  ];
}

const firing = ({ name, service }: Objective, severity: string): string =>
  `count(ALERTS{alertname="${alertNames[name]}",service="${service}",severity="${severity}",alertstate="firing"}) or vector(0)`;
const counts = (objective: Objective, severity: string, at: number, value: 0 | 1): ExprTest =>
  ({ expr: firing(objective, severity), eval_time: `${at}m`, exp_samples: [{ labels: '{}', value }] });

const HOUR = 60;
const DAY = 24 * HOUR;

function objectiveTests(objective: Objective): TestGroup[] {
  const budget = budgetOf(objective);
  const burn = (factor: number, minutes: number): Stretch => ({ minutes, share: factor * budget });
  const well = (minutes: number): Stretch => ({ minutes, share: 0 });
  const group = (what: string, step: number, stretches: readonly Stretch[], tests: readonly ExprTest[], perMinute?: number): TestGroup => ({
    name: `${objective.service} ${objective.name}: ${what}`,
    interval: `${step}m`,
    input_series: traffic(objective, stretches, step, perMinute),
    promql_expr_test: tests,
  });
  const burnRate = `round(slo:current_burn_rate:ratio{sloth_id="${objective.service}-${objective.name}"}, 0.1)`;
  const metadata = `slo:current_burn_rate:ratio{namespace="muster", sloth_id="${objective.service}-${objective.name}", sloth_service="${objective.service}", sloth_slo="${objective.name}", sloth_window="5m"}`;
  return [
    group('twenty times as fast as the budget bears is a page within the hour, and it ends', 1, [well(2 * HOUR), burn(20, 90), well(HOUR)], [
      counts(objective, 'page', 110, 0),
      counts(objective, 'page', 200, 1),
      { expr: burnRate, eval_time: '200m', exp_samples: [{ labels: metadata.slice('slo:current_burn_rate:ratio'.length), value: 20 }] },
      counts(objective, 'page', 250, 0),
    ]),
    group('eight times is a page after some hours', 2, [well(2 * HOUR), burn(8, 7 * HOUR), well(HOUR)], [
      counts(objective, 'page', 3 * HOUR, 0),
      counts(objective, 'page', 9 * HOUR - EVERY, 1),
      counts(objective, 'page', 10 * HOUR - EVERY, 0),
    ]),
    group('four times for a day is a ticket and no page', 2, [well(2 * HOUR), burn(4, DAY), well(3 * HOUR)], [
      counts(objective, 'page', DAY + 2 * HOUR - EVERY, 0),
      counts(objective, 'ticket', DAY + 2 * HOUR - EVERY, 1),
    ]),
    group('half again as fast for three days is a ticket, which ends', 2, [burn(1.5, 3 * DAY), well(7 * HOUR)], [
      counts(objective, 'page', 3 * DAY - EVERY, 0),
      counts(objective, 'ticket', 3 * DAY - EVERY, 1),
      counts(objective, 'ticket', 3 * DAY + 7 * HOUR - EVERY, 0),
    ]),
    group('what the budget bears is nobody’s business', 2, [burn(0.8, 3 * DAY)], [
      counts(objective, 'page', 3 * DAY - EVERY, 0),
      counts(objective, 'ticket', 3 * DAY - EVERY, 0),
    ]),
    group('a few requests at night wake nobody, though all fail', 1, [{ minutes: 3 * HOUR, share: 1 }], [
      counts(objective, 'page', 3 * HOUR - EVERY, 0),
      counts(objective, 'ticket', 3 * HOUR - EVERY, 0),
    ], 0.1),
    ...(objective.name === 'availability' ? [noError(objective, group)] : []),
  ];
}

/** Everything is refused with a 4xx, and what answers probes and other services fails: no request of a person's did. */
function noError(objective: Objective, group: (what: string, step: number, stretches: readonly Stretch[], tests: readonly ExprTest[]) => TestGroup): TestGroup {
  const made = group('refusals are no errors, and neither are failing probes', 1, [{ minutes: 3 * HOUR, share: 1 }], [
    counts(objective, 'page', 3 * HOUR - EVERY, 0),
    counts(objective, 'ticket', 3 * HOUR - EVERY, 0),
  ]);
  const input_series = made.input_series.map(({ series, values }) => ({
    series: series.includes('5xx') ? series.replace('5xx', '4xx') : series,
    values,
  }));
  const probes = made.input_series.filter(({ series }) => series.includes('5xx')).map(({ series, values }) => ({ series: series.replace('/api/v1/x', '/health/ready'), values }));
  return { ...made, input_series: [...input_series, ...probes] };
}

function causeTests(alert: Alert): TestGroup[] {
  const { name, severity, runbook, seen } = alert;
  const inputs = (samples: Readonly<Record<string, string>>): TestGroup['input_series'] =>
    Object.entries(samples).map(([series, values]) => ({ series, values }));
  const at = (minute: number, fires: boolean): AlertTest => ({
    eval_time: `${minute}m`, alertname: name, exp_alerts: fires ? [{ exp_labels: { ...seen.labels, severity }, exp_annotations: { summary: seen.says, runbook_url: `${RUNBOOKS}/${runbook}.md` } }] : [],
  });
  // The other services are there in a test of one that is gone.
  const others = name === 'MusterServiceGone'
    ? Object.fromEntries([...new Set(objectives.map(({ service }) => service))].filter((service) => service !== seen.labels['service']).map((service) => [`${metrics.httpRequestsInFlight.name}{service="${service}"}`, '0x130']))
    : {};
  const subject = name === 'MusterServiceGone' ? `${name} of ${seen.labels['service'] ?? ''}` : name;
  return [
    { name: `${subject} fires and resolves`, interval: '1m', input_series: inputs({ ...seen.fires, ...others }), alert_rule_test: [at(9, false), at(50, true), at(119, false)] },
    { name: `${subject} stays silent`, interval: '1m', input_series: inputs({ ...seen.silent, ...others }), alert_rule_test: [at(94, false), at(119, false)] },
  ];
}

const RULES = '../../files/rules';
const groupsOf = (name: string): string[] => objectives.filter(({ service }) => service === name).flatMap((one) => sloGroups(one).map((group) => group.name));

/** By their path in the repository, beside the chart's other tests. */
export function ruleTestFiles(): Record<string, string> {
  const services = [...new Set(objectives.map(({ service }) => service))];
  const file = (name: string, every: number, tests: readonly TestGroup[]): [string, string] => [
    `charts/muster/tests/rules/${name}.yaml`,
    asYaml({
      rule_files: [`${RULES}/${name}.yaml`],
      // As a file is evaluated by Prometheus; promtool takes any order, and alerts would see ratios of ten minutes ago.
      group_eval_order: groupsOf(name),
      evaluation_interval: `${every}m`,
      tests,
    }),
  ];
  return Object.fromEntries([
    ...services.map((service) => file(service, EVERY, objectives.filter((one) => one.service === service).flatMap(objectiveTests))),
    file('causes', 1, alerts.flatMap(causeTests)),
  ]);
}
