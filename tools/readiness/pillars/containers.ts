import { command, proof, type Pillar } from '../line';

const inputs = ['Dockerfile', '.dockerignore', 'docker-bake.hcl', 'compose.yaml', 'apps', 'libs', 'frontend', 'tools/setup', 'tools/images', 'tools/smoke', 'package-lock.json'];

const images = ['auth', 'user', 'matching', 'communication', 'notification', 'web'];

export const containers: Pillar = {
  name: 'containers',
  title: 'Containers',
  lines: [
    {
      name: 'lint', question: 'Do Dockerfile and compose file keep to the rules: numeric user, pinned base, no secret?', run: 'quick', risk: 3,
      evidence: command('check:docker', { shows: ['images', 'services', 'complaints'] }), action: 'Read `npm run check:docker`.',
    },
    {
      name: 'size', question: 'Are an image’s own layers at most 80 MB over its base?', run: 'full', risk: 2,
      evidence: proof('image:check', { aims: images.map((name) => ({ figure: `${name}Mb`, most: 80, tolerance: 0.1 })), needs: ['docker'], minutes: 30 }), inputs,
      action: 'Build with `npm run image:build`, then see what `npm run image:check` counts.',
    },
    {
      name: 'hardened', question: 'Do images run unprivileged on a read-only root, with node as first process, labels, health check, no secret, and end in order?', run: 'full', risk: 4,
      evidence: proof('image:check', { aims: [{ figure: 'faults', most: 0 }, { figure: 'images', least: 6 }], shows: ['started'], needs: ['docker'], minutes: 30 }), inputs,
      action: 'Read `npm run image:check`.',
    },
    {
      name: 'reproducible', question: 'Do two builds without a cache give the same files?', run: 'full', risk: 3,
      evidence: proof('image:check', { arguments: ['--reproducible'], aims: [{ figure: 'faults', most: 0 }], shows: ['images', 'builtTwice'], needs: ['docker'], minutes: 60 }), inputs,
      action: 'Read `npm run image:check -- --reproducible`.',
    },
    {
      name: 'compose', question: 'Does `docker compose up --wait` bring the whole product, on which the thread works over https?', run: 'full', risk: 4,
      evidence: proof('smoke:compose', { aims: [{ figure: 'faults', most: 0 }, { figure: 'steps', least: 5 }], shows: ['upSeconds', 'answers', 'operationsTried'], needs: ['docker'], minutes: 30 }),
      inputs: [...inputs, 'charts/muster-backing'], action: 'Read `npm run smoke:compose`.',
    },
  ],
};
