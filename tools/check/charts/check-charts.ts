// `npm run check:charts`: everything that charts are held against, and every check against faults planted for it. Run it
// after a change of charts, of a service's environment or of internal routes. Without helm its part is left out.
import { toolOrNotice } from '../../dev/find-tool.mjs';
import { packDependencies } from '../../generate/charts/dependencies.mjs';
import { conclude, table } from '../report';
import { badValues, checksumFaults, parityFaults, releaseNameFaults } from './compared-renders';
import { chartFaults, composeFaults, literalSecrets, missedEnvironmentPlants } from './environment';
import { staleGolden } from './golden';
import { missedNetworkPlants, networkFaults, plantCount } from './network';
import { conform, lint, linter, missedByPrograms, unitTests } from './programs';
import { allEnvironments, inTurn, render, type Render } from './renders';

interface Outcome { readonly count: number; readonly faults: readonly string[] }
interface Check { readonly name: string; run(): Promise<Outcome> | Outcome }

const check = (name: string, count: number, faults: () => Promise<readonly string[]> | readonly string[]): Check => ({ name, run: async () => ({ count, faults: await faults() }) });
const plantSeen = (name: string, isSeen: () => boolean, missed: string): Check => check(`planted: ${name}`, 1, () => (isSeen() ? [] : [missed]));

function chartChecks(renders: readonly Render[]): Check[] {
  const staging = renders.find(({ environment }) => environment === 'staging');
  const production = renders.find(({ environment }) => environment === 'production');
  if (!staging || !production) throw new Error('staging and production were not rendered');
  const changed = { ...production, texts: { ...production.texts, muster: production.texts.muster.replace('minReadySeconds: 5', 'minReadySeconds: 6') } };
  const objects = renders.reduce((sum, { muster, backing }) => sum + muster.length + backing.length, 0);
  return [
    { name: 'bad values are refused, each for its reason', run: badValues },
    { name: 'helm unittest, with the policies', run: unitTests },
    check('helm lint --strict', 13, lint),
    check('golden renders of the umbrella', 2, () => staleGolden(renders)),
    check('kubeconform, strict and offline', renders.length, () => conform(renders)),
    check('kube-linter', renders.length, () => linter(renders)),
    check('open connections = service graph', renders.length, () => renders.flatMap(networkFaults)),
    check('no literal secret', objects, () => renders.flatMap(literalSecrets)),
    check('environment = schema = ExternalSecret = Secrets', 5 * renders.length, () => renders.flatMap(chartFaults)),
    check('new pods when the configuration changes', 3, () => checksumFaults(staging.muster)),
    check('addresses are Services, whatever the release is called', 7, releaseNameFaults),
    check('staging has the shape of production', staging.muster.length + staging.backing.length, () => parityFaults(staging, production)),
    check('planted: network policies', plantCount, () => missedNetworkPlants(production)),
    check('planted: environment and secrets', 10, () => missedEnvironmentPlants(staging)),
    check('planted: helm, kubeconform, kube-linter', 6, () => missedByPrograms(staging)),
    plantSeen('parity', () => parityFaults({ ...staging, muster: staging.muster.slice(1) }, production).length > 0, 'an object that staging lacks went unnoticed'),
    plantSeen('golden', () => staleGolden([changed]).length > 0, 'a changed render was taken for the golden one'),
  ];
}

async function perform({ name, run }: Check): Promise<Outcome & { name: string; seconds: string }> {
  const started = performance.now();
  const outcome = await Promise.resolve(run()).catch((error: unknown): Outcome => ({ count: 1, faults: [error instanceof Error ? error.message : String(error)] }));
  outcome.faults.forEach((fault) => console.error(`✗ ${name}: ${fault}`));
  return { name, ...outcome, seconds: ((performance.now() - started) / 1000).toFixed(1) };
}

async function main(): Promise<void> {
  const hasPrograms = ['helm', 'helm-unittest', 'kubeconform-offline', 'kube-linter'].map((name) => toolOrNotice(name, 'renders of the charts and what they are held against')).every(Boolean);
  const packed = hasPrograms ? await packDependencies() : undefined;
  const renders = packed === undefined ? [] : await inTurn(allEnvironments(), render);
  const results = await inTurn([...(renders.length > 0 ? chartChecks(renders) : []), check('compose.yaml has the services’ environment', 5, () => composeFaults())], perform);
  const failed = results.reduce((sum, { faults }) => sum + faults.length, 0);
  const passed = results.reduce((sum, { count, faults }) => sum + Math.max(0, count - faults.length), 0);
  console.log(table(['check', 'held', 'faults', 'seconds'], results.map(({ name, count, faults, seconds }) => [name, count, faults.length, seconds])));
  console.log(`check-charts: ${passed} passed, ${failed} failed`);
  conclude({ name: 'check-charts', figures: { renders: renders.length, passed, failed }, aims: { failed: '0' }, met: failed === 0 && (hasPrograms || process.env['REQUIRE_TOOLS'] !== '1') });
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
