// The programs that judge a chart, each with a fault that it must see: a checker that finds nothing anywhere checks nothing.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { charts, environments, inTurn, run, thinCharts, valuesFiles, type Ran, type Render } from './renders';

const umbrellas = ['muster', 'muster-backing'] as const;
const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`.trim();

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
  const installed = umbrellas.flatMap((chart) => environments.map((environment) => [join(charts, chart), ...valuesFiles(chart, environment).flatMap((file) => ['--values', file])]));
  const runs = await inTurn([...['platform', ...thinCharts].map((chart) => [join(charts, chart)]), ...installed], (args) => run('helm', ['lint', '--strict', '--quiet', ...args]));
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
    const files = renders.map(({ environment, texts }) => {
      const file = join(folder, `${environment}.yaml`);
      writeFileSync(file, `${texts.muster}\n${texts.backing}`);
      return file;
    });
    const ran = await run(program, [...args, ...files]);
    return ran.status === 0 ? [] : said(ran).split('\n').filter((line) => line.trim() !== '' && !line.startsWith('KubeLinter'));
  });
}

/** Strict and offline: a field that the API does not know is a fault, of custom resources too. */
export const conform = (renders: readonly Render[]): Promise<string[]> => judge(renders, 'kubeconform-offline');
export const linter = (renders: readonly Render[]): Promise<string[]> => judge(renders, 'kube-linter', 'lint', '--config', join(charts, '.kube-linter.yaml'));

/** Programs that took a planted fault for good. */
export function missedByPrograms(good: Render): Promise<string[]> {
  const plant = (environment: string, from: string, to: string): Render => {
    if (!good.texts.muster.includes(from)) throw new Error(`a plant wants “${from}” in the render`);
    return { ...good, environment, texts: { muster: good.texts.muster.replace(from, to), backing: '' } };
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
      linter([plant('root', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'), plant('balancer', 'type: ClusterIP', 'type: LoadBalancer')]),
    ]);
    return [
      ...(linted.status !== 0 ? [] : ['helm lint took a chart without a version']),
      ...(tested.status !== 0 ? [] : ['helm unittest took a wrong assertion']),
      ...['minReadySecond', 'refreshIntervall'].filter((field) => !refused.some((one) => one.includes(field))).map((field) => `kubeconform took the misspelt field ${field}`),
      ...['read-only', 'exposed-services'].filter((name) => !warned.some((one) => one.includes(name))).map((name) => `kube-linter did not say ${name}`),
    ];
  });
}
