import { command, proof, type Aim, type Line, type Pillar } from '../line';

const inputs = ['charts', 'Dockerfile', 'apps', 'libs', 'frontend', 'tools/cluster', 'skaffold.yaml', 'package-lock.json'];

/** One run of the cluster harness is the evidence of all of these. */
function onCluster(name: string, question: string, risk: Line['risk'], aims: readonly Aim[], shows: readonly string[] = []): Line {
  return { name, question, risk, run: 'full', evidence: proof('cluster', { aims, shows, needs: ['docker', 'cluster'], minutes: 90 }), inputs, action: `Read \`npm run cluster -- ${name}\`.` };
}

export const kubernetes: Pillar = {
  name: 'kubernetes',
  title: 'Kubernetes',
  lines: [
    {
      name: 'charts', question: 'Do all renders keep the policies and their golden copies, and is every bad values file refused for its reason?', run: 'quick', risk: 4,
      evidence: command('check:charts', { minutes: 10 }), action: 'Read `npm run check:charts`.',
    },
    onCluster('install', 'Does a fresh install with migrations as hooks come up in a namespace that enforces Pod Security `restricted`?', 5, [{ figure: 'installSeconds', most: 300, tolerance: 0.5 }]),
    onCluster('smoke', 'Does the thread of the product work against the pods?', 5, [{ figure: 'smokeSteps', least: 1 }]),
    onCluster('network', 'Is what pods can reach exactly the declared service graph, and nothing outside?', 5, [{ figure: 'outsideReached', most: 0 }, { figure: 'connectionsTried', least: 100 }], ['connectionsOpen', 'connectionsDeclared']),
    onCluster('probes', 'Do probes fail for their own reason only: no pod leaves for a blip of the database, none restarts, a deadlock does?', 5,
      [{ figure: 'endpointsLostIn5s', most: 0 }, { figure: 'restartsByDatabase', most: 0 }], ['readyFailsAfterSeconds', 'deadlockRestartSeconds']),
    onCluster('rolls', 'Do ten rolls at 70 % of capacity fail no request, where without draining some fail?', 5,
      [{ figure: 'rollsFailed', most: 0 }, { figure: 'rolls', least: 10 }, { figure: 'controlFailed', least: 1 }], ['capacityPerSecond', 'rollRatePerSecond', 'rollsAnswered']),
    onCluster('drain', 'Does draining a node fail no request, and is it refused once it would take the last pod?', 4, [{ figure: 'drainFailed', most: 0 }, { figure: 'evicted', least: 5 }], ['drainAnswered']),
    onCluster('rollback', 'Does a rollback, or an upgrade whose migration fails, leave users served?', 5, [{ figure: 'rollbackFailed', most: 0 }, { figure: 'notMet', most: 0 }], ['rollbackAnswered', 'checks']),
    {
      name: 'skaffold', question: 'Is an edit served in ≤ 10 s by `skaffold dev`, and does `skaffold run` render what helm does?', run: 'full', risk: 2,
      evidence: proof('skaffold:check', { needs: ['tool:skaffold', 'docker'], minutes: 40 }), inputs, action: 'Read `npm run skaffold:check`.',
    },
  ],
};
