import { command, full, inspection, proof, quick, type Pillar } from '../line';
import { everyChangeRuns, updatesConfigured } from '../inspections/workflows';

export const delivery: Pillar = {
  name: 'ci-cd',
  title: 'CI/CD',
  lines: [
    quick(3, 'workflows', 'Are the workflows free of faults, with least permissions, and are their scripts commands of package.json?',
      command('check:workflows', { shows: ['workflows', 'programs', 'complaints'] })),
    quick(4, 'pinned', 'Is every action pinned by its commit?', command('check:workflows', { shows: ['programs', 'seenFailing'] }), 'Name the commit, and the version in a comment.'),
    quick(3, 'updates', 'Are npm, docker, actions and helm kept up to date by Dependabot?', inspection(updatesConfigured), 'Add the ecosystem to .github/dependabot.yml.'),
    quick(4, 'every-change', 'Does CI run the tests, the checks and this report on every change?', inspection(everyChangeRuns), 'Add the command to .ci/run.'),
    quick(3, 'release', 'Would a release sign and attest every image and chart by digest, and would production run just those?',
      proof('release', { arguments: ['rehearse'], needs: ['tool:helm'], shows: ['images', 'charts', 'signed', 'attested', 'imagesByDigest'], minutes: 10 })),
    full(3, 'load-baseline', 'Is each change’s latency and error rate compared with a baseline that is kept?',
      command('load:baseline', { needs: ['tool:k6'], minutes: 20 }), undefined, { inputs: ['apps', 'libs', 'verification/load', 'verification/product', 'package-lock.json'] }),
  ],
};
