// `npm run check:charts`: everything that charts are held against, and every check against faults planted for it. Run it
// after a change of charts, of a service's environment or of internal routes. Without helm its part is left out.
import { conclude, table } from '../report';
import { toolOrNotice } from '../../dev/find-tool.mjs';
import { badValues } from './bad-values';
import { missedPlants, plantCount, policyFaults } from './check-policies';
import { checksumFaults } from './checksum';
import { packDependencies } from '../../generate/charts/dependencies.mjs';
import { chartFaults, composeFaults, missedEnvironmentPlants } from '../../generate/charts/environment';
import { staleFiles, textOf } from '../../generate/charts/generated-files';
import { staleGolden } from '../../generate/charts/golden';
import { inTurn } from './in-turn';
import { parityFaults } from './parity';
import { policies } from './policies/all';
import { conform, lint, linter, missedByPrograms, places, unitTests } from '../../generate/charts/programs';
import { allEnvironments, render, type Render } from '../../generate/charts/renders';
import { releaseNameFaults } from './release-names';
import { schemaFiles } from '../../generate/charts/schemas';
import { graphFiles } from '../../generate/charts/service-graph';

interface Outcome { readonly count: number; readonly faults: readonly string[] }
interface Check { readonly name: string; run(): Promise<Outcome> | Outcome }
interface Result extends Outcome { readonly name: string; readonly seconds: number }

const check = (name: string, count: number, faults: () => Promise<readonly string[]> | readonly string[]): Check => ({
  name,
  run: async () => ({ count, faults: await faults() }),
});

/** What needs no program but Node. */
const drift: readonly Check[] = [
  check('service graph as the contracts have it', 2, () => staleFiles(graphFiles()).map((file) => `${file} is stale: npm run generate`)),
  check('schemas as the services have them', 8, () => staleFiles(schemaFiles()).map((file) => `${file} is stale: npm run generate`)),
  check('compose.yaml has the services’ environment', 5, () => composeFaults()),
  check('planted: drift', 2, () => [
    ...(staleFiles(graphFiles(), (file) => textOf(file)?.replace('matching', 'billing')).length === 2 ? [] : ['a stale service graph was taken for the present one']),
    ...(staleFiles(schemaFiles(), (file) => textOf(file)?.replace('"minimum": 2', '"minimum": 1')).length > 0 ? [] : ['a stale schema was taken for the present one']),
  ]),
];

function chartChecks(renders: readonly Render[]): Check[] {
  const staging = renders.find(({ environment }) => environment === 'staging');
  const production = renders.find(({ environment }) => environment === 'production');
  if (!staging || !production) throw new Error('staging and production were not rendered');
  const changed = { ...production, texts: { ...production.texts, muster: production.texts.muster.replace('minReadySeconds: 5', 'minReadySeconds: 6') } };
  return [
    { name: 'bad values are refused, each for its reason', run: badValues },
    { name: 'helm unittest', run: unitTests },
    check('helm lint --strict', 13, lint),
    check('golden renders of the umbrella', 2, () => staleGolden(renders)),
    check('kubeconform, strict and offline', renders.length, () => conform(renders)),
    check('kube-linter', renders.length, () => linter(renders)),
    check('policies of our own', policies.length * renders.length, () => policyFaults(renders)),
    check('environment = schema = ExternalSecret = Secrets', 5 * renders.length, () => renders.flatMap(chartFaults)),
    check('new pods when the configuration changes', 3, () => checksumFaults(staging.muster)),
    check('addresses are Services, whatever the release is called', 7, releaseNameFaults),
    check('staging has the shape of production', staging.muster.length + staging.backing.length, () => parityFaults(staging, production)),
    check('places for rules and dashboards', 3, places),
    check('planted: policies', plantCount(), () => missedPlants(renders)),
    check('planted: environment', 7, () => missedEnvironmentPlants(staging)),
    check('planted: helm, kubeconform, kube-linter', 5, () => missedByPrograms(staging)),
    check('planted: parity', 1, () => (parityFaults({ ...staging, muster: staging.muster.slice(1) }, production).length > 0 ? [] : ['an object that staging lacks went unnoticed'])),
    check('planted: golden', 1, () => (staleGolden([changed]).length > 0 ? [] : ['a changed render was taken for the golden one'])),
  ];
}

async function perform({ name, run }: Check): Promise<Result> {
  const started = performance.now();
  const outcome = await Promise.resolve(run()).catch((error: unknown): Outcome => ({ count: 1, faults: [error instanceof Error ? error.message : String(error)] }));
  const result = { name, ...outcome, seconds: (performance.now() - started) / 1000 };
  result.faults.forEach((fault) => console.error(`✗ ${name}: ${fault}`));
  return result;
}

async function main(): Promise<void> {
  const started = performance.now();
  const hasPrograms = ['helm', 'helm-unittest', 'kubeconform-offline', 'kube-linter'].map((name) => toolOrNotice(name, 'renders of the charts and what they are held against')).every(Boolean);
  const packed = hasPrograms ? await packDependencies() : undefined;
  const renders = packed === undefined ? [] : await inTurn(allEnvironments(), (environment) => render(environment));
  const checks = [...(renders.length > 0 ? chartChecks(renders) : []), ...drift];
  const results = await inTurn(checks, perform);
  const failed = results.reduce((sum, { faults }) => sum + faults.length, 0);
  const passed = results.reduce((sum, { count, faults }) => sum + Math.max(0, count - faults.length), 0);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(table(['check', 'held', 'faults', 'seconds'], results.map(({ name, count, faults, seconds: took }) => [name, count, faults.length, took.toFixed(1)])));
  console.log(`check-charts: ${passed} passed, ${failed} failed`);
  const objects = renders.reduce((sum, { muster, backing }) => sum + muster.length + backing.length, 0);
  conclude({
    name: 'check-charts',
    figures: { renders: renders.length, objects, policies: policies.length, plants: plantCount() + 16, badValues: results.find(({ name }) => name.startsWith('bad'))?.count ?? 0, passed, failed, seconds },
    aims: { failed: '0' },
    met: failed === 0 && (hasPrograms || process.env['REQUIRE_TOOLS'] !== '1'),
  });
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
