// `npm run check:alerts`: the alerting rules of the chart against the catalogue of metrics, the runbooks and promtool: that
// every alert fires, stays silent and resolves as its tests say, and that these tests see rules that never or always
// fire. Without promtool (`npm run tools:install`) its part is left out.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { parse, stringify } from 'yaml';
import { toolOrNotice } from '../dev/find-tool.mjs';
import { objectiveNames, objectives, type Group, type Rule } from '../generate/observability/objectives';
import { inTurn, run } from './charts/renders';
import { dashboardFaults, dashboardPlants, dashboards, panelsOf } from './dashboard-faults';
import { conclude } from './report';
import { objectiveFaults, ruleFaults, runbookFaults, runbooks, unsetMetrics } from './rule-faults';
import { queriesOf, readRunbooks, runbookPlants, runbookTextFaults } from './runbook-faults';

type RuleFile = { groups: Group[] };
interface Sample { labels: string; value: number }
interface TestFile { group_eval_order: string[]; tests: Array<{ name: string; input_series: Array<{ series: string }>; promql_expr_test?: Array<{ exp_samples: Sample[] }> }> }

const names = [...objectiveNames, 'causes'] as const;
type Name = (typeof names)[number];
const rulesOf = (name: Name): RuleFile => parse(readFileSync(`charts/muster/files/rules/${name}.yaml`, 'utf8')) as RuleFile;
const testsOf = (name: Name): TestFile => parse(readFileSync(`charts/muster/tests/rules/${name}.yaml`, 'utf8')) as TestFile;
const groups = names.flatMap((name) => rulesOf(name).groups);
const changed = (all: readonly Group[], one: (rule: Rule) => Rule): Group[] => all.map((group) => ({ ...group, rules: group.rules.map(one) }));

/** In the plants one service stands for all: the rules of the five have one shape, with other numbers. */
function ofAuthAlone(file: TestFile): TestFile {
  const isOfAuth = (text: string): boolean => /(?:service|producer)="auth"/.test(text);
  return {
    ...file, group_eval_order: file.group_eval_order.filter((group) => /-auth-/.test(group)),
    tests: file.tests.map((test) => ({
      ...test, input_series: test.input_series.filter(({ series }) => isOfAuth(series)),
      ...(test.promql_expr_test && { promql_expr_test: test.promql_expr_test.map((one) => ({ ...one, exp_samples: one.exp_samples.filter(({ labels }) => labels === '{}' || isOfAuth(labels)).map((sample) => (sample.labels === '{}' && sample.value > 0 ? { ...sample, value: 1 } : sample)) })) }),
    })),
  };
}

interface Outcome { readonly what: string; readonly held: number; readonly faults: readonly string[] }

async function tested(name: Name): Promise<Outcome> {
  const { status, stdout, stderr } = await run('promtool', ['test', 'rules', `charts/muster/tests/rules/${name}.yaml`]);
  return { what: `tests of ${name}`, held: testsOf(name).tests.length, faults: status === 0 ? [] : [`${stdout}${stderr}`.trim()] };
}

async function readable(): Promise<Outcome> {
  const { status, stdout, stderr } = await run('promtool', ['check', 'rules', '--lint-fatal', ...names.map((name) => `charts/muster/files/rules/${name}.yaml`)]);
  return { what: 'promtool check rules', held: names.length, faults: status === 0 ? [] : [`${stdout}${stderr}`.trim()] };
}

/** Rules that are wrong: each of the tests that say otherwise has to see it. */
async function seen(name: Name, what: string, about: RegExp, one: (rule: Rule) => Rule): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rules-'));
  try {
    const [rules, tests] = name === 'causes' ? [rulesOf(name).groups, testsOf(name)] : [rulesOf(name).groups.filter((group) => /-auth-/.test(group.name)), ofAuthAlone(testsOf(name))];
    const wanted = tests.tests.filter((test) => about.test(test.name));
    for (const part of ['files/rules', 'tests/rules']) mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'files/rules', `${name}.yaml`), stringify({ groups: changed(rules, one) }));
    writeFileSync(join(folder, 'tests/rules', `${name}.yaml`), stringify({ ...tests, tests: wanted }, { aliasDuplicateObjects: false }));
    const report = join(folder, 'report.xml');
    await run('promtool', ['test', 'rules', '--junit', report, join(folder, 'tests/rules', `${name}.yaml`)]);
    const xml = readFileSync(report, 'utf8');
    const missed = [...xml.matchAll(/<testcase name="([^"]*)"(?:><\/testcase>|\s*\/>)/g)].map(([, test = '']) => `“${test}” passes with ${what}`);
    const ran = [...xml.matchAll(/<testcase /g)].length;
    return { what: `planted: ${what} in ${name}`, held: wanted.length, faults: wanted.length > 0 && ran === wanted.length ? missed : [`${ran} of ${wanted.length} tests of ${name} ran with ${what}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const always = (expr: string) => (rule: Rule): Rule => (rule.alert === undefined ? rule : { ...rule, expr });
const without = (text: RegExp, instead: string) => (rule: Rule): Rule => ({ ...rule, expr: rule.expr.replaceAll(text, instead) });
const annotated = (one: object) => (rule: Rule): Rule => (rule.annotations ? { ...rule, annotations: { ...rule.annotations, ...one } } : rule);

const plants: ReadonlyArray<readonly [what: string, fault: RegExp, change: (rule: Rule) => Rule]> = [
  ['a metric that nobody exports', /which no service exports/, without(/muster_event_lag_seconds/g, 'muster_event_lag')],
  ['a label that the metric has not', /groups by|selects/, without(/consumer/g, 'reader')],
  ['a limit that is no bucket', /for a bucket/, without(/le="0.5"/g, 'le="0.4"')],
  ['a summary that quotes what was summed away', /does not keep/, annotated({ summary: '{{ $labels.pod }}' })],
  ['an alert without a severity', /no severity/, (rule) => ({ ...rule, labels: {} })],
  ['an alert without a summary', /no summary/, ({ annotations: _, ...rule }) => rule],
  ['a runbook that is not there', /is not there/, annotated({ runbook_url: 'docs/runbooks/none.md' })],
];
const planted = (what: string, isSeen: boolean): Outcome => ({ what: `planted: ${what}`, held: 1, faults: isSeen ? [] : [`${what} went unnoticed`] });

function withoutPrograms(): Outcome[] {
  const files = execFileSync('git', ['ls-files', '--', 'libs/platform/src', ...serviceNames.map((service) => `apps/${service}/src`)], { encoding: 'utf8' }).trim().split('\n');
  const code = files.filter((file) => /(?<!spec)\.ts$/.test(file)).map((file) => readFileSync(file, 'utf8')).join('\n');
  const unled = runbookFaults(groups);
  const [boards, books] = [dashboards(), readRunbooks()];
  console.log(`${runbooks().length} runbooks, ${unled.length} faults`);
  return [
    { what: 'rules, catalogue and runbooks', held: groups.flatMap((group) => group.rules).length, faults: [...ruleFaults(groups), ...unled] },
    { what: 'panels, catalogue, rules and runbooks', held: boards.flatMap(panelsOf).length, faults: dashboardFaults(boards, groups) },
    { what: 'panels and queries of runbooks', held: books.flatMap(queriesOf).length, faults: runbookTextFaults(boards, books) },
    { what: 'metrics that a service sets', held: 1, faults: unsetMetrics(code) },
    { what: 'objectives of every service', held: objectives.length, faults: objectiveFaults(serviceNames) },
    ...plants.map(([what, fault, one]) => planted(what, ruleFaults(changed(groups, one)).some((said) => fault.test(said)))),
    ...dashboardPlants.map(([what, fault, change]) => planted(what, dashboardFaults(change(boards), groups).some((said) => fault.test(said)))),
    ...runbookPlants.map(([what, fault, change]) => planted(what, runbookTextFaults(boards, change(books)).some((said) => fault.test(said)))),
    planted('a metric that is only declared', unsetMetrics(code.replaceAll("counter('fanoutLost')", '')).length === 1),
    planted('a runbook that nothing leads to', runbookFaults(groups, ['docs/runbooks/none.md']).length === 1),
    planted('a service without objectives', objectiveFaults([...serviceNames, 'billing']).length === 3),
  ];
}

const withPromtool: ReadonlyArray<() => Promise<Outcome>> = [
  ...names.map((name) => () => tested(name)),
  ...objectiveNames.map((name) => () => seen(name, 'alerts that never fire', /is a page|is a ticket/, always('vector(0) > 1'))),
  ...objectiveNames.map((name) => () => seen(name, 'alerts that always fire', /nobody|no errors|ends|no page/, always('vector(1)'))),
  ...(['availability', 'latency'] as const).map((name) => () => seen(name, 'ratios of any few requests', /at night/, without(/, 0\.2\)/g, ', 0.000001)'))),
  () => seen('delivery', 'waits that are too short', /the promise bears/, without(/> bool 30/g, '> bool 20')),
  () => seen('availability', 'refusals and probes counted as errors', /no errors/, without(/,route=~"[^"]*",status_class="5xx"/g, ',status_class=~"4xx|5xx"')),
  () => seen('causes', 'alerts that never fire', /fires and resolves/, always('vector(0) > 1')),
  () => seen('causes', 'alerts that always fire', /stays silent|fires and resolves/, always('vector(1)')),
  readable,
];

async function main(): Promise<void> {
  const outcomes = [...withoutPrograms(), ...(toolOrNotice('promtool', 'that alerts fire, stay silent and resolve') ? await inTurn(withPromtool, (one) => one()) : [])];
  for (const { what, faults } of outcomes) for (const fault of faults) console.error(`✗ ${what}: ${fault}`);
  const failed = outcomes.reduce((sum, { faults }) => sum + faults.length, 0);
  const held = outcomes.reduce((sum, one) => sum + one.held, 0);
  const alerts = new Set(groups.flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? [])));
  console.log(`check-alerts: ${held - Math.min(held, failed)} passed, ${failed} failed`);
  const figures = { objectives: objectives.length, alerts: alerts.size, promtoolTests: names.flatMap((name) => testsOf(name).tests).length, plantsSeen: outcomes.filter(({ what, faults }) => what.startsWith('planted') && faults.length === 0).length, faults: failed };
  conclude({ name: 'alerts', figures, aims: { faults: '0' }, met: failed === 0 });
}

void main();
