// `npm run cluster [-- step …] [--context NAME]`: installs Muster in the current local cluster and proves what
// operating it relies on. Without steps: all of them, each on what the first installed. 25 minutes.
import { conclude, table } from '../../tools/check/report';
import { Cluster } from './cluster';
import { Findings, type Step } from './finding';
import { control } from './steps/control';
import { drain } from './steps/drain';
import { install } from './steps/install';
import { network } from './steps/network';
import { probes } from './steps/probes';
import { rollback } from './steps/rollback';
import { rolls } from './steps/rolls';
import { smoke } from './steps/smoke';

const steps: Readonly<Record<string, Step>> = { install, smoke, network, probes, rolls, control, drain, rollback };

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const at = args.indexOf('--context');
  const context = at === -1 ? undefined : args.splice(at, 2)[1];
  const unknown = args.filter((name) => !(name in steps));
  if (unknown.length > 0) throw new Error(`there is no step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  const cluster = await Cluster.open(context);
  const findings = new Findings();
  for (const name of args.length > 0 ? args : Object.keys(steps)) await take(name, steps[name] as Step, cluster, findings);
  report(findings);
}

/** A step that cannot go on is a finding too; the next ones still say what they see. */
async function take(name: string, step: Step, cluster: Cluster, findings: Findings): Promise<void> {
  findings.step = name;
  console.log(`\n${name}`);
  try {
    await step(cluster, findings);
  } catch (error) {
    findings.add({ what: 'the step came to its end', saw: error instanceof Error ? error.message : String(error), met: false });
  }
}

function report({ all }: Findings): void {
  console.log(`\n${table(['step', 'what', 'saw', 'met'], all.map(({ step, what, saw, met }) => [step, what, saw.slice(0, 140), met ? 'yes' : 'NO']))}`);
  const figures: Record<string, number | string> = { checks: all.length, notMet: 0 };
  for (const { step, met, figures: own = {} } of all) {
    Object.assign(figures, own);
    for (const count of [`${step}NotMet`, 'notMet']) figures[count] = Number(figures[count] ?? 0) + (met ? 0 : 1);
  }
  conclude({ name: 'cluster', figures, aims: { notMet: '0' }, met: all.length > 0 && figures['notMet'] === 0 });
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
