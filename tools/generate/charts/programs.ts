// The programs that judge a chart, each with a fault that it must see: a checker that finds nothing anywhere checks nothing.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn } from '../../check/charts/in-turn';
import { ofKind } from '../../check/charts/manifests';
import { charts, environments, manifestsIn, run, thinCharts, valuesFiles, type Ran, type Render } from './renders';

const umbrellas = ['muster', 'muster-backing'] as const;
const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`.trim();
const textOf = ({ texts }: Render): string => `${texts.muster}\n${texts.backing}`;

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-charts-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `helm lint --strict` of every chart, and of what is installed with the values of each environment. */
export async function lint(): Promise<string[]> {
  const plain = ['platform', ...thinCharts].map((chart): string[] => [join(charts, chart)]);
  const installed = umbrellas.flatMap((chart) => environments.map((environment): string[] => [join(charts, chart), ...valuesFiles(chart, environment).flatMap((file) => ['--values', file])]));
  const runs = await inTurn([...plain, ...installed], (args) => run('helm', ['lint', '--strict', '--quiet', ...args]));
  return runs.filter(({ status }) => status !== 0).map(said);
}

export async function unitTests(): Promise<{ count: number; faults: string[] }> {
  const ran = await run('helm', ['unittest', ...[...thinCharts, ...umbrellas].map((chart) => join(charts, chart))]);
  const count = Number(/^Tests:.*?(\d+) passed/m.exec(ran.stdout)?.[1] ?? 0);
  return { count, faults: ran.status === 0 && count > 0 ? [] : [said(ran)] };
}

/** A file for each render, and one run over all of them: a checker reads its schemas once. */
function judge(renders: readonly Render[], program: string, ...args: readonly string[]): Promise<string[]> {
  return inFolder(async (folder) => {
    const files = renders.map((one) => {
      const file = join(folder, `${one.environment}.yaml`);
      writeFileSync(file, textOf(one));
      return file;
    });
    const ran = await run(program, [...args, ...files]);
    return ran.status === 0 ? [] : said(ran).split('\n').filter((line) => line.trim() !== '' && !line.startsWith('KubeLinter'));
  });
}

/** Strict and offline: a field that the API does not know is a fault, of custom resources too. */
export const conform = (renders: readonly Render[]): Promise<string[]> => judge(renders, 'kubeconform-offline');
export const linter = (renders: readonly Render[]): Promise<string[]> => judge(renders, 'kube-linter', 'lint', '--config', join(charts, '.kube-linter.yaml'));

/** Dashboards and rules find their place: a sample of each, put there and rendered. */
export function places(): Promise<string[]> {
  return inFolder(async (folder) => {
    const copy = join(folder, 'muster');
    cpSync(join(charts, 'muster'), copy, { recursive: true });
    mkdirSync(join(copy, 'files', 'rules'), { recursive: true });
    writeFileSync(join(copy, 'files', 'rules', 'sample.yaml'), 'groups:\n  - name: sample\n    rules:\n      - { alert: Sample, expr: vector(1), labels: { severity: page } }\n');
    writeFileSync(join(copy, 'files', 'dashboards', 'sample.json'), '{\n  "title": "{{ $labels.service }}"\n}\n');
    const files = valuesFiles('muster', 'staging').flatMap((file) => ['--values', file]);
    const ran = await run('helm', ['template', 'muster', copy, '--show-only', 'templates/monitoring.yaml', ...files]);
    const manifests = manifestsIn(ran);
    const { status } = await run('kubeconform-offline', ['-'], ran.stdout);
    const dashboard = ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.labels?.['grafana_dashboard'] === '1');
    return [
      ...(status === 0 ? [] : ['a rule or a dashboard renders to something that Kubernetes refuses']),
      ...(ofKind(manifests, 'PrometheusRule').some(({ metadata }) => metadata.name === 'muster-sample') ? [] : ['files/rules/*.yaml becomes no PrometheusRule']),
      ...(dashboard?.data?.['sample.json']?.includes('{{ $labels.service }}') ? [] : ['files/dashboards/*.json becomes no ConfigMap for Grafana, word for word']),
    ];
  });
}

/** Programs that took a planted fault for good. */
export function missedByPrograms(good: Render): Promise<string[]> {
  const plant = (environment: string, from: string, to: string): Render => {
    const text = textOf(good);
    if (!text.includes(from)) throw new Error(`a plant wants “${from}” in the render`);
    return { ...good, environment, texts: { muster: text.replace(from, to), backing: '' } };
  };
  return inFolder(async (folder) => {
    const copy = join(folder, 'user');
    cpSync(join(charts, 'user'), copy, { recursive: true });
    writeFileSync(join(copy, 'tests', 'wrong_test.yaml'), 'suite: wrong\ntemplates: [templates/all.yaml]\nset: { global: { environment: local } }\ntests:\n  - it: is wrong\n    asserts:\n      - hasDocuments: { count: 1 }\n');
    writeFileSync(join(copy, 'Chart.yaml'), 'apiVersion: v2\nname: user\n');
    const [linted, tested, refused, warned] = await Promise.all([
      run('helm', ['lint', '--strict', '--quiet', copy]),
      run('helm', ['unittest', '--file', 'tests/wrong_test.yaml', copy]),
      conform([plant('field', 'minReadySeconds: 5', 'minReadySecond: 5'), plant('custom', 'refreshInterval: 1h', 'refreshIntervall: 1h')]),
      linter([plant('root', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false')]),
    ]);
    return [
      ...(linted.status !== 0 ? [] : ['helm lint took a chart without a version']),
      ...(tested.status !== 0 ? [] : ['helm unittest took a wrong assertion']),
      ...(refused.some((line) => line.includes('minReadySecond')) ? [] : ['kubeconform took a misspelt field']),
      ...(refused.some((line) => line.includes('refreshIntervall')) ? [] : ['kubeconform took a misspelt field of a custom resource']),
      ...(warned.some((line) => line.includes('read-only')) ? [] : ['kube-linter took a writable root']),
    ];
  });
}
