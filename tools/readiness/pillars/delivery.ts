import { command, inspection, proof, type Pillar } from '../line';
import { actionsPinned, everyChangeRuns, updatesConfigured } from '../inspections/workflows';

export const delivery: Pillar = {
  name: 'ci-cd',
  title: 'CI/CD',
  lines: [
    {
      name: 'workflows', question: 'Are the workflows free of faults, with least permissions, and are their scripts commands of package.json?', run: 'quick', risk: 3,
      evidence: command('check:workflows', { shows: ['workflows', 'pinnedUses', 'complaints'] }), action: 'Read `npm run check:workflows`.',
    },
    {
      name: 'pinned', question: 'Is every action pinned by its commit?', run: 'quick', risk: 4,
      evidence: inspection(actionsPinned), action: 'Name the commit, and the version in a comment.',
    },
    {
      name: 'updates', question: 'Are npm, docker, actions and helm kept up to date by Dependabot?', run: 'quick', risk: 3,
      evidence: inspection(updatesConfigured), action: 'Add the ecosystem to .github/dependabot.yml.',
    },
    {
      name: 'every-change', question: 'Does CI run the tests, the checks and this report on every change?', run: 'quick', risk: 4,
      evidence: inspection(everyChangeRuns), action: 'Add the command to .ci/run.',
    },
    {
      name: 'release', question: 'Would a release sign and attest every image and chart by digest, and would production run just those?', run: 'quick', risk: 3,
      evidence: proof('release', { arguments: ['rehearse'], needs: ['tool:helm'], shows: ['images', 'charts', 'signed', 'attested', 'imagesByDigest'], minutes: 10 }),
      action: 'Read `npm run release -- rehearse`.',
    },
    {
      name: 'load-baseline', question: 'Is each change’s latency and error rate compared with a baseline that is kept?', run: 'full', risk: 3,
      evidence: command('load:baseline', { needs: ['tool:k6'], minutes: 20 }), inputs: ['apps', 'libs', 'tools/delivery', 'package-lock.json'], action: 'Read `npm run load:baseline`.',
    },
  ],
};
