import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { objectiveNames } from '../../tools/generate/observability/objectives';
import { root, temporaryFolder, tool } from '../product/program';

const files = [...objectiveNames, 'causes'].map((name) => join(root, `charts/muster/files/rules/${name}.yaml`));
const rules = files.map((file) => readFileSync(file, 'utf8'));
const names = [...new Set(rules.flatMap((text) => (parse(text) as { groups: Array<{ rules: Array<{ alert?: string }> }> }).groups.flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? []))))];
const STEP_SECONDS = 30;
/** Longer than any alert of a cause waits. */
const MINUTES = 40;

/** Values by series, as a scrape gives them. */
export type Scrape = ReadonlyMap<string, number>;

/** What `/metrics` answers, of the metrics that the rules ask for. */
export function readScrape(text: string): Scrape {
  const lines = [...text.matchAll(/^([a-z_]+)(\{[^\n]*\})? ([\d.e+-]+)$/gm)].filter(([, name = '']) => rules.some((rule) => rule.includes(name)));
  return new Map(lines.map(([, name = '', labels = '', value]) => [`${name}${labels}`, Number(value)]));
}

const counts = /_(?:total|count|sum|bucket)\{/;

/**
 * The alerts that fire, as `service alert`, by the chart's own rules in promtool, if things went on for forty minutes as
 * between the two scrapes: counters grow at the rate that was seen, a lag grows on if it did so for most of the time, all
 * else stays as it is.
 */
export async function firing(first: Scrape, last: Scrape, seconds: number): Promise<string[]> {
  const input = [...last].map(([series, value]) => {
    const rate = Math.max(0, value - (first.get(series) ?? 0)) / seconds;
    const goesOn = counts.test(series) || (series.includes('_lag_seconds{') && rate > 0.5);
    return { series, values: `${value}+${goesOn ? rate * STEP_SECONDS : 0}x${(MINUTES * 60) / STEP_SECONDS}` };
  });
  const asked = names.map((alertname) => ({ eval_time: `${MINUTES}m`, alertname, exp_alerts: [] }));
  const file = join(temporaryFolder('outages'), 'rules.yaml');
  writeFileSync(file, stringify({ rule_files: files, evaluation_interval: '1m', tests: [{ interval: `${STEP_SECONDS}s`, input_series: input, alert_rule_test: asked }] }));
  // It ends with 1 and tells what fires, because nothing was expected to.
  const said = await new Promise<string>((resolve) => execFile(tool('promtool'), ['test', 'rules', file], { maxBuffer: 1 << 28 }, (_error, stdout, stderr) => resolve(stdout + stderr)));
  if (!/SUCCESS|got:/.test(said)) throw new Error(`promtool could not evaluate the rules: ${said}`);
  const found = [...said.matchAll(/Labels:\{alertname="(\w+)"([^}]*)\}/g)].map(([, alert, labels = '']) => `${/(?:service|deployment)="(?:muster-)?(\w+)"/.exec(labels)?.[1]} ${alert}`);
  return [...new Set(found)].sort();
}
