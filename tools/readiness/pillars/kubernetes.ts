import { command, proof, type Pillar } from '../line';

const inputs = ['charts', 'Dockerfile', 'apps', 'libs', 'frontend', 'tools/cluster', 'skaffold.yaml', 'package-lock.json'];

export const kubernetes: Pillar = {
  name: 'kubernetes',
  title: 'Kubernetes',
  lines: [
    {
      name: 'charts', question: 'Do all renders keep the policies and their golden copies, and is every bad values file refused for its reason?', run: 'quick', risk: 4,
      evidence: command('check:charts', { needs: ['tool:helm'], minutes: 6 }), action: 'Read `npm run check:charts`.',
    },
    {
      name: 'cluster', question: 'On a real cluster: install, policies, probes, rolls under load, drain of a node, rollback?', run: 'full', risk: 5,
      evidence: proof('cluster', { needs: ['docker'], minutes: 90 }), inputs, action: 'Read `npm run cluster`.',
    },
    {
      name: 'skaffold', question: 'Is an edit served in ≤ 10 s by `skaffold dev`, and does `skaffold run` render what helm does?', run: 'full', risk: 2,
      evidence: proof('skaffold:check', { needs: ['tool:skaffold', 'docker'], minutes: 40 }), inputs, action: 'Read `npm run skaffold:check`.',
    },
  ],
};
