import { command, proof, type Pillar } from '../line';

const inputs = ['Dockerfile', '.dockerignore', 'docker-bake.hcl', 'compose.yaml', 'apps', 'libs', 'frontend', 'tools/setup', 'tools/images', 'tools/smoke', 'package-lock.json'];

export const containers: Pillar = {
  name: 'containers',
  title: 'Containers',
  lines: [
    {
      name: 'lint', question: 'Do Dockerfile and compose file keep to the rules: numeric user, pinned base, no secret?', run: 'quick', risk: 3,
      evidence: command('check:docker', { shows: ['images', 'services', 'complaints'] }), action: 'Read `npm run check:docker`.',
    },
    {
      name: 'images', question: 'Are images small (own layers ≤ 80 MB), unprivileged, read-only, labelled, and the same when built twice?', run: 'full', risk: 4,
      evidence: proof('image:check', { needs: ['docker'], minutes: 40 }), inputs, action: 'Read `npm run image:check`.',
    },
    {
      name: 'compose', question: 'Does `docker compose up --wait` bring the whole product, on which the thread works over https?', run: 'full', risk: 4,
      evidence: proof('smoke:compose', { needs: ['docker'], minutes: 30 }), inputs: [...inputs, 'charts/muster-backing'], action: 'Read `npm run smoke:compose`.',
    },
  ],
};
