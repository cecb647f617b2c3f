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

type Name = Objective['name'];

const HOUR = 60;
const DAY = 24 * HOUR;

/** The rules of all services have one shape with other numbers: each test is of all of `alike` at once, and each of them has to fire. */
function objectiveTests(name: Name, alike: readonly Objective[]): TestGroup[] {
  type Course = (objective: Objective) => readonly Stretch[];
  const burn = (factor: number, minutes: number) => (objective: Objective): Stretch => ({ minutes, share: factor * budgetOf(objective) });
  const well = (minutes: number) => (): Stretch => ({ minutes, share: 0 });
  const course = (...parts: ReadonlyArray<(objective: Objective) => Stretch>): Course => (objective) => parts.map((part) => part(objective));
  const fires = (severity: string) => (at: number, isFiring: boolean): ExprTest => ({
    expr: `count(ALERTS{alertname="${alertNames[name]}",severity="${severity}",alertstate="firing"}) or vector(0)`,
    eval_time: `${at}m`,
    exp_samples: [{ labels: '{}', value: isFiring ? alike.length : 0 }],
  });
  const [page, ticket] = [fires('page'), fires('ticket')];
  const group = (what: string, step: number, stretches: Course, tests: readonly ExprTest[], perMinute?: number): TestGroup => ({
    name: `${name}: ${what}`,
    interval: `${step}m`,
    input_series: alike.flatMap((objective) => traffic(objective, stretches(objective), step, perMinute)),
    promql_expr_test: tests,
  });
  const rates = alike.map(({ service }) => ({ labels: `{namespace="muster", sloth_id="${service}-${name}", sloth_service="${service}", sloth_slo="${name}", sloth_window="5m"}`, value: 20 }));
  const allFail = course(() => ({ minutes: 3 * HOUR, share: 1 }));
  const silent = [page(3 * HOUR - EVERY, false), ticket(3 * HOUR - EVERY, false)];
  return [
    group('twenty times as fast as the budget bears is a page within the hour, and it ends', 1, course(well(2 * HOUR), burn(20, 90), well(HOUR)), [
      page(110, false),
      page(200, true),
      { expr: `round(slo:current_burn_rate:ratio{sloth_slo="${name}"}, 0.1)`, eval_time: '200m', exp_samples: rates },
      page(250, false),
    ]),
    group('eight times is a page after some hours', 2, course(well(2 * HOUR), burn(8, 7 * HOUR), well(HOUR)), [page(3 * HOUR, false), page(9 * HOUR - EVERY, true), page(10 * HOUR - EVERY, false)]),
    group('four times for a day is a ticket and no page', 2, course(well(2 * HOUR), burn(4, DAY), well(3 * HOUR)), [page(DAY + 2 * HOUR - EVERY, false), ticket(DAY + 2 * HOUR - EVERY, true)]),
    group('half again as fast for three days is a ticket, which ends', 2, course(burn(1.5, 3 * DAY), well(7 * HOUR)), [
      page(3 * DAY - EVERY, false),
      ticket(3 * DAY - EVERY, true),
      ticket(3 * DAY + 7 * HOUR - EVERY, false),
    ]),
    group('what the budget bears is nobody’s business', 2, course(burn(0.8, 3 * DAY)), [page(3 * DAY - EVERY, false), ticket(3 * DAY - EVERY, false)]),
    group('a few requests at night wake nobody, though all fail', 1, allFail, silent, 0.1),
    ...(name === 'availability' ? [refusals(group('refusals are no errors, and neither are failing probes', 1, allFail, silent))] : []),
  ];
}

/** The failing requests of a test become refusals with a 4xx, and failures of what answers probes: no request of a person's did fail. */
function refusals(test: TestGroup): TestGroup {
  const failed = test.input_series.filter(({ series }) => series.includes('5xx'));
  const as = (from: string, to: string) => ({ series, values }: TestGroup['input_series'][number]) => ({ series: series.replace(from, to), values });
  return { ...test, input_series: [...test.input_series.map(as('5xx', '4xx')), ...failed.map(as('/api/v1/x', '/health/ready'))] };
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

/** By their path in the repository, beside the chart's other tests: of all objectives, or of some alone. */
export function ruleTestFiles(among: readonly Objective[] = objectives): Record<string, string> {
  const file = (name: string, every: number, order: readonly string[], tests: readonly TestGroup[]): [string, string] => [
    `charts/muster/tests/rules/${name}.yaml`,
    asYaml({
      rule_files: [`../../files/rules/${name}.yaml`],
      // As a file is evaluated by Prometheus; promtool takes any order, and alerts would see ratios of ten minutes ago.
      group_eval_order: order,
      evaluation_interval: `${every}m`,
      tests,
    }),
  ];
  const named = (name: Name): TestGroup[] => objectiveTests(name, among.filter((one) => one.name === name));
  return Object.fromEntries([
    file('objectives', EVERY, among.flatMap((one) => sloGroups(one).map(({ name }) => name)), [...named('availability'), ...named('latency')]),
    file('causes', 1, [], alerts.flatMap(causeTests)),
  ]);
}
