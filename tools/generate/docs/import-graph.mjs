// Draws who imports whom: docs/architecture/imports.svg (slices of services, features of the web app, libraries as one) and
// docs/architecture/platform.svg (the parts of libs/platform). When: `npm run docs:imports`, after slices came or went; needs
// Graphviz (`apt-get install graphviz`). `-- FOLDER` draws into another folder.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const { options } = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs');
const [folder = 'docs/architecture'] = process.argv.slice(2);
const tsConfig = extractTSConfig('tsconfig.base.json');

async function draw(name, paths, includeOnly, collapse) {
  const exclude = { path: '\\.(?:int-)?spec\\.tsx?$|/testing/' };
  const reporterOptions = { dot: { theme: { graph: { rankdir: 'LR', splines: 'true' } } } };
  const { output } = await cruise(paths, { ...options, includeOnly, exclude, collapse, outputType: 'dot', reporterOptions }, undefined, { tsConfig });
  const drawn = spawnSync('dot', ['-Tsvg'], { input: output, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (drawn.status !== 0) throw new Error(`Graphviz could not draw ${name}: ${drawn.error?.message ?? drawn.stderr}`);
  writeFileSync(join(folder, `${name}.svg`), drawn.stdout);
  console.log(`${join(folder, `${name}.svg`)}: ${drawn.stdout.match(/<g id="node/g).length} parts, ${drawn.stdout.match(/class="edge"/g).length} imports`);
}

await draw('imports', ['apps', 'libs', 'frontend/src'], '^(?:(?:apps|libs)/[^/]+|frontend)/src/', '^(?:apps/[^/]+/src/[^/]+|libs/[^/]+/src|frontend/src/(?:features/)?[^/]+)');
await draw('platform', ['libs/platform/src'], '^libs/platform/src/', '^libs/platform/src/[^/]+');
