import { command, full, proof, quick, type Pillar } from '../line';

const inputs = ['Dockerfile', '.dockerignore', 'docker-bake.hcl', 'compose.yaml', 'apps', 'libs', 'frontend', 'tools/dev/setup', 'tools/release/images', 'verification/smoke', 'verification/product', 'package-lock.json'];

const images = ['auth', 'user', 'matching', 'communication', 'notification', 'web'];

export const containers: Pillar = {
  name: 'containers',
  title: 'Containers',
  lines: [
    quick(3, 'lint', 'Do Dockerfile and compose file keep to the rules: numeric user, pinned base, no secret?', command('check:docker', { shows: ['images', 'services', 'complaints'] })),
    full(2, 'size', 'Are an image’s own layers at most 80 MB over its base?',
      proof('image:check', { aims: images.map((name) => ({ figure: `${name}Mb`, most: 80, tolerance: 0.1 })), needs: ['docker'], minutes: 30 }), 'Build with `npm run image:build`, then see what `npm run image:check` counts.', { inputs }),
    full(4, 'hardened', 'Do images run unprivileged on a read-only root, with node as first process, labels, health check, no secret, and end in order?',
      proof('image:check', { aims: [{ figure: 'faults', most: 0 }, { figure: 'images', least: 6 }], shows: ['started'], needs: ['docker'], minutes: 30 }), undefined, { inputs }),
    full(3, 'reproducible', 'Do two builds without a cache give the same files?',
      proof('image:check', { arguments: ['--reproducible'], aims: [{ figure: 'faults', most: 0 }], shows: ['images', 'builtTwice'], needs: ['docker'], minutes: 60 }), undefined, { inputs }),
    full(4, 'compose', 'Does `docker compose up --wait` bring the whole product, on which the thread works over https?',
      proof('smoke:compose', { aims: [{ figure: 'faults', most: 0 }, { figure: 'steps', least: 5 }], shows: ['upSeconds', 'answers', 'operationsTried'], needs: ['docker'], minutes: 30 }), undefined, { inputs: [...inputs, 'charts/muster-backing'] }),
  ],
};
