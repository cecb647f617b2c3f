// Copies only what decides which packages are installed: `node tools/images/manifests.mjs <source> <out>`, run by the
// Dockerfile. Scripts are left out, so that a new command in package.json installs nothing again.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [source, out] = process.argv.slice(2);
if (!source || !out) throw new Error('usage: manifests.mjs <source> <out>');
const { workspaces } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const folders = workspaces.flatMap((pattern) =>
  pattern.endsWith('/*') ? readdirSync(join(source, dirname(pattern))).map((name) => join(dirname(pattern), name)) : [pattern],
);
for (const folder of ['.', ...folders]) {
  const from = join(source, folder, 'package.json');
  if (!existsSync(from)) continue;
  const { scripts: _scripts, ...manifest } = JSON.parse(readFileSync(from, 'utf8'));
  mkdirSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
}
for (const name of ['package-lock.json', '.npmrc']) copyFileSync(join(source, name), join(out, name));
