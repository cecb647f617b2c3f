// `npm run cluster [-- step …] [--context NAME]`: installs Muster in the current local cluster and proves what
// operating it relies on. Without steps: all of them, each on what the first installed. 25 minutes.
import { parseArgs } from 'node:util';
import { conclude, table } from '../../tools/check/report';
import { endTogether } from '../product/program';
import { Cluster } from './cluster';
import { Findings, type Step } from './findings';
import { drain } from './steps/drain';
import { install } from './steps/install';
import { network } from './steps/network';
import { probes } from './steps/probes';
import { rollback } from './steps/rollback';
import { control, rolls } from './steps/rolls';
import { smoke } from './steps/smoke';

const steps: Readonly<Record<string, Step>> = { install, smoke, network, probes, rolls, control, drain, rollback };

async function main(): Promise<void> {
  endTogether();
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { context: { type: 'string' } } });
  const unknown = positionals.filter((name) => !(name in steps));
  if (unknown.length > 0) throw new Error(`there is no step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  const cluster = await Cluster.open(values.context);
  const findings = new Findings();
  for (const name of positionals.length > 0 ? positionals : Object.keys(steps)) {
    findings.step = name;
    console.log(`\n${name}`);
    // A step that cannot go on is a finding too; the next ones still say what they see.
    await (steps[name] as Step)(cluster, findings).catch((error: unknown) => findings.add({ what: 'the step came to its end', saw: String(error), met: false }));
  }
  report(findings);
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
    console.error(error);
    process.exit(1);
  },
);
