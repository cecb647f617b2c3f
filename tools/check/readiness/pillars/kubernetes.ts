import { command, full, proof, quick, type Aim, type Line, type Pillar } from '../line';

const inputs = ['charts', 'Dockerfile', 'apps', 'libs', 'frontend', 'verification/cluster', 'verification/product', 'skaffold.yaml', 'package-lock.json'];

/** One run of the cluster harness is the evidence of all of these: each of them by all checks of its own step. */
function onCluster(name: string, question: string, risk: Line['risk'], aims: readonly Aim[] = [], shows: readonly string[] = []): Line {
  const ownSteps = name === 'rolls' ? ['rolls', 'control'] : [name];
  const met = ownSteps.map((step): Aim => ({ figure: `${step}NotMet`, most: 0 }));
  return full(risk, name, question, proof('cluster', { aims: [...met, ...aims], shows, needs: ['docker', 'cluster'], minutes: 90 }), `Read \`npm run cluster -- ${name}\`.`, { inputs });
}

/** One run of the check of charts is the evidence of all of these, each a line of its table. */
function inCharts(name: string, question: string, risk: Line['risk'], figure: RegExp, least: number): Line {
  return quick(risk, name, question, command('check:charts', { figure, least, part: true, minutes: 10 }));
}

export const kubernetes: Pillar = {
  name: 'kubernetes',
  title: 'Kubernetes',
  lines: [
    inCharts('golden', 'Are the renders of the whole, with local and with production values, those that were read and committed?', 3, /golden renders of the umbrella\s+(\d+)\s+0\b/, 2),
    inCharts('policies', 'Does every render keep the policies: Pod Security, network, disruption, scaling, spread, grace, no literal secret?', 5, /policies of our own\s+(\d+)\s+0\b/, 50),
    inCharts('conform', 'Do all objects conform to the schemas of Kubernetes and of the resources used?', 4, /kubeconform, strict and offline\s+(\d+)\s+0\b/, 3),
    inCharts('bad-values', 'Is every bad values file refused, each for its reason?', 4, /bad values are refused, each for its reason\s+(\d+)\s+0\b/, 20),
    inCharts('graph', 'Is the declared service graph that of the contracts?', 4, /service graph as the contracts have it\s+(\d+)\s+0\b/, 2),
    quick(4, 'charts', 'Does all else hold of the charts: lint, unit tests, and each check against faults planted for it?',
      command('check:charts', { figure: /check-charts: (\d+) passed, 0 failed/, least: 300, part: true, minutes: 10 })),
    onCluster('install', 'Does a fresh install with migrations as hooks come up in a namespace that enforces Pod Security `restricted`?', 5, [{ figure: 'installSeconds', most: 300, tolerance: 0.5 }]),
    onCluster('smoke', 'Does the thread of the product work against the pods?', 5, [{ figure: 'smokeSteps', least: 1 }]),
    onCluster('network', 'Is what pods can reach exactly the declared service graph, and nothing outside?', 5, [{ figure: 'outsideReached', most: 0 }, { figure: 'connectionsTried', least: 100 }], ['connectionsOpen', 'connectionsDeclared', 'ingressAlone', 'egressAlone']),
    onCluster('probes', 'Do probes fail for their own reason only: no pod leaves for a blip of the database, none restarts, a deadlock does?', 5,
      [{ figure: 'endpointsLostIn5s', most: 0 }, { figure: 'restartsByDatabase', most: 0 }], ['readyFailsAfterSeconds', 'deadlockRestartSeconds']),
    onCluster('rolls', 'Do ten rolls at 70 % of capacity fail no request, where without draining some fail?', 5,
      [{ figure: 'rollsFailed', most: 0 }, { figure: 'rolls', least: 10 }, { figure: 'controlLost', least: 1 }], ['capacityPerSecond', 'rollRatePerSecond', 'rollsAnswered']),
    onCluster('drain', 'Does draining a node fail no request, and is it refused once it would take the last pod?', 4, [{ figure: 'drainFailed', most: 0 }, { figure: 'evicted', least: 5 }], ['drainAnswered']),
    onCluster('rollback', 'Does a rollback, or an upgrade whose migration fails, leave users served?', 5, [{ figure: 'rollbackFailed', most: 0 }], ['rollbackAnswered', 'checks']),
    full(2, 'skaffold', 'Does `skaffold run` render for staging and production what helm does?',
      proof('check:skaffold', { shows: ['checks', 'notMet', 'stagingDifferent', 'productionDifferent'], needs: ['tool:skaffold', 'tool:helm'], minutes: 10 }), undefined, { inputs: ['charts', 'skaffold.yaml', 'verification/cluster', 'verification/product'] }),
    full(2, 'edit', 'Is an edit of a service served within 10 s by `skaffold dev`, while the others stay?',
      proof('check:skaffold', { arguments: ['--dev'], aims: [{ figure: 'servedAfterSeconds', most: 10, tolerance: 0.5 }], needs: ['tool:skaffold', 'docker', 'cluster'], minutes: 40 }), undefined, { inputs }),
  ],
};
