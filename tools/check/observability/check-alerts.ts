// `npm run check:alerts`: the alerting rules of the chart against the catalogue of metrics, the runbooks and promtool: that
// every alert fires, stays silent and resolves as its tests say, and that these tests see rules that never or always
// fire. Without promtool (`npm run tools:install`) its part is left out.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { metrics } from '@muster/platform/metrics/catalogue';
import { inTurn } from '../charts/in-turn';
import { run } from '../../generate/charts/renders';
import { conclude } from '../report';
import { toolOrNotice } from '../../dev/find-tool.mjs';
import { objectives } from '../../generate/observability/objectives';
import { objectiveFaults, ruleFaults, unsetMetrics } from './rule-faults';
import { ruleTestFiles } from '../../generate/observability/rule-tests';
import { ruleFiles, type Group, type Rule } from '../../generate/observability/rules';

const root = join(__dirname, '..', '..', '..');
type RuleFile = { groups: Group[] };

const rules = Object.keys(ruleFiles());
const tests = Object.keys(ruleTestFiles());
const committed = (file: string): RuleFile => parse(readFileSync(join(root, file), 'utf8')) as RuleFile;
const testNames = (file: string): string[] => (parse(readFileSync(join(root, file), 'utf8')) as { tests: Array<{ name: string }> }).tests.map(({ name }) => name);

const change = (file: RuleFile, one: (rule: Rule) => Rule): RuleFile => ({ groups: file.groups.map((group) => ({ ...group, rules: group.rules.map(one) })) });

/** One service stands for all in the plants: the rules of the five have one shape, with other numbers. */
const ofAuth = objectives.filter(({ service }) => service === 'auth');
const [rulesOfOne, testsOfOne] = [ruleFiles(ofAuth), ruleTestFiles(ofAuth)];

/** Those of promtool's tests that pass although the rules of the test file's name are changed so; each is run alone. */
async function passing(test: string, names: readonly string[], one: (rule: Rule) => Rule): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rules-'));
  try {
    const name = basename(test);
    mkdirSync(join(folder, 'files', 'rules'), { recursive: true });
    mkdirSync(join(folder, 'tests', 'rules'), { recursive: true });
    writeFileSync(join(folder, 'files', 'rules', name), stringify(change(parse(rulesOfOne[`charts/muster/files/rules/${name}`] ?? '') as RuleFile, one)));
    writeFileSync(join(folder, 'tests', 'rules', name), testsOfOne[test] ?? '');
    const passed: string[] = [];
    for (const wanted of names) {
      const alone = `^${wanted.replaceAll(/[^\w ]/g, '.')}$`;
      const { status } = await run('promtool', ['test', 'rules', '--run', alone, join(folder, 'tests', 'rules', name)]);
      if (status === 0) passed.push(wanted);
    }
    return passed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Outcome { readonly what: string; readonly held: number; readonly faults: readonly string[] }

async function tested(test: string): Promise<Outcome> {
  const { status, stdout, stderr } = await run('promtool', ['test', 'rules', join(root, test)]);
  return { what: test, held: testNames(test).length, faults: status === 0 ? [] : [`${stdout}${stderr}`.trim()] };
}

async function readable(): Promise<Outcome> {
  const { status, stdout, stderr } = await run('promtool', ['check', 'rules', '--lint-fatal', ...rules.map((file) => join(root, file))]);
  return { what: 'promtool check rules', held: rules.length, faults: status === 0 ? [] : [`${stdout}${stderr}`.trim()] };
}

/** Rules that are wrong: each of the tests that say otherwise has to see it. */
async function seen(test: string, what: string, names: RegExp, one: (rule: Rule) => Rule): Promise<Outcome> {
  const wanted = testNames(test).filter((name) => names.test(name));
  const missed = await passing(test, wanted, one);
  const faults = wanted.length === 0 ? [`no test of ${basename(test)} is about ${what}`] : missed.map((name) => `“${name}” passes with ${what}`);
  return { what: `planted: ${what} in ${basename(test)}`, held: wanted.length, faults };
}
const always = (expr: string) => (rule: Rule): Rule => (rule.alert === undefined ? rule : { ...rule, expr });
const without = (text: RegExp, instead: string) => (rule: Rule): Rule => ({ ...rule, expr: rule.expr.replaceAll(text, instead) });

const plants: ReadonlyArray<readonly [what: string, fault: RegExp, change: (rule: Rule) => Rule]> = [
  ['a metric that nobody exports', /which no service exports/, (rule) => ({ ...rule, expr: rule.expr.replaceAll('muster_event_lag_seconds', 'muster_event_lag') })],
  ['a label that the metric has not', /groups by|selects/, (rule) => ({ ...rule, expr: rule.expr.replaceAll('consumer', 'reader') })],
  ['a limit that is no bucket', /for a bucket/, (rule) => ({ ...rule, expr: rule.expr.replaceAll('le="0.5"', 'le="0.4"') })],
  ['a summary that quotes what was summed away', /does not keep/, (rule) => ({ ...rule, ...(rule.annotations && { annotations: { ...rule.annotations, summary: '{{ $labels.pod }}' } }) })],
  ['an alert without a severity', /no severity/, (rule) => ({ ...rule, labels: {} })],
  ['an alert without a summary', /no summary/, ({ annotations: _, ...rule }) => rule],
  ['a runbook that is not there', /is not there/, (rule) => ({ ...rule, ...(rule.annotations && { annotations: { ...rule.annotations, runbook_url: 'docs/runbooks/none.md' } }) })],
];

/** What services and platform are made of, tests aside. */
function sources(): string {
  const folders = ['libs/platform/src', ...serviceNames.map((service) => `apps/${service}/src`)];
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)));
  return files.filter((file) => /(?<!spec)\.ts$/.test(file)).map((file) => readFileSync(file, 'utf8')).join('\n');
}

function withoutPrograms(): Outcome[] {
  const code = sources();
  const groups = rules.flatMap((file) => committed(file).groups);
  const changed = (one: (rule: Rule) => Rule): string[] => ruleFaults(change({ groups }, one).groups);
  return [
    { what: 'rules, catalogue and runbooks', held: groups.flatMap((group) => group.rules).length, faults: ruleFaults(groups) },
    { what: 'metrics that a service sets', held: Object.keys(metrics).length, faults: unsetMetrics(code) },
    { what: 'planted: a metric that is only declared', held: 1, faults: unsetMetrics(code.replaceAll("counter('fanoutLost')", '')).length === 1 ? [] : ['a metric that is only declared went unnoticed'] },
    { what: 'objectives of every service', held: 2 * serviceNames.length, faults: objectiveFaults(serviceNames) },
    ...plants.map(([what, fault, one]) => ({ what: `planted: ${what}`, held: 1, faults: changed(one).some((said) => fault.test(said)) ? [] : [`${what} went unnoticed`] })),
    { what: 'planted: a service without objectives', held: 1, faults: objectiveFaults([...serviceNames, 'billing']).length === 2 ? [] : ['a service without objectives went unnoticed'] },
  ];
}

async function withPromtool(): Promise<Outcome[]> {
  const [causes = '', slos = ''] = [tests.find((file) => file.endsWith('causes.yaml')), tests.find((file) => file.endsWith('objectives.yaml'))];
  const work: ReadonlyArray<() => Promise<Outcome>> = [
    ...tests.map((file) => () => tested(file)),
    () => seen(slos, 'alerts that never fire', /is a page|is a ticket/, always('vector(0) > 1')),
    () => seen(slos, 'alerts that always fire', /nobody|no errors|ends|no page/, always('vector(1)')),
    () => seen(slos, 'ratios of any few requests', /at night/, without(/, 0\.2\)/g, ', 0.000001)')),
    () => seen(slos, 'refusals and probes counted as errors', /no errors/, without(/,route=~"[^"]*",status_class="5xx"/g, ',status_class=~"4xx|5xx"')),
    () => seen(causes, 'alerts that never fire', /fires and resolves/, always('vector(0) > 1')),
    () => seen(causes, 'alerts that always fire', /stays silent|fires and resolves/, always('vector(1)')),
    readable,
  ];
  return inTurn(work, (one) => one());
}

async function main(): Promise<void> {
  const outcomes = [...withoutPrograms(), ...(toolOrNotice('promtool', 'that alerts fire, stay silent and resolve') ? await withPromtool() : [])];
  for (const { what, faults } of outcomes) for (const fault of faults) console.error(`✗ ${what}: ${fault}`);
  const failed = outcomes.reduce((sum, { faults }) => sum + faults.length, 0);
  const held = outcomes.reduce((sum, one) => sum + one.held, 0);
  const names = new Set(rules.flatMap((file) => committed(file).groups.flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? []))));
  console.log(`check-alerts: ${held - Math.min(held, failed)} passed, ${failed} failed`);
  const figures = { objectives: 2 * serviceNames.length, alerts: names.size, promtoolTests: tests.flatMap(testNames).length, plantsSeen: outcomes.filter(({ what, faults }) => what.startsWith('planted') && faults.length === 0).length, faults: failed };
  conclude({ name: 'alerts', figures, aims: { faults: '0' }, met: failed === 0 });
}

void main();
