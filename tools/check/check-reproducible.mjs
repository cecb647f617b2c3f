// Builds the project twice, clean and in two places, and fails unless all bytes are equal. CI, and before a release.
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { build } from '../dev/build.mjs';
import { workspaces } from '../dev/build/workspaces.mjs';

const notCopied = new Set(['node_modules', 'dist', '.git', '.muster', '.types', 'coverage', 'test-results']);

/** A copy of the sources elsewhere; the packages are the same ones. */
function checkout(name) {
  const place = join(mkdtempSync(join(tmpdir(), 'muster-build-')), name);
  cpSync('.', place, { recursive: true, filter: (path) => !path.split('/').some((part) => notCopied.has(part)) });
  for (const folder of ['.', ...workspaces('.').map((workspace) => workspace.folder)]) {
    const packages = join(process.cwd(), folder, 'node_modules');
    if (existsSync(packages)) symlinkSync(packages, join(place, folder, 'node_modules'));
  }
  return place;
}

/** Every built file with the hash of its bytes. */
function outputs(place) {
  const folders = workspaces(place).map(({ folder }) => join(place, folder, 'dist')).filter((dist) => existsSync(dist));
  const files = folders.flatMap((dist) => readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)));
  return new Map(files.map((file) => [relative(place, file), createHash('sha256').update(readFileSync(file)).digest('hex')]));
}

const differences = (one, other) => [...new Set([...one.keys(), ...other.keys()])].filter((file) => one.get(file) !== other.get(file)).sort();

const places = [checkout('one'), checkout('another-place')];
try {
  for (const place of places) await build({ root: place, force: true });
  const [one, other] = places.map(outputs);
  const different = differences(one, other);
  for (const file of different) console.error(`differs: ${file}`);
  // The check itself is checked: one byte more in one file must be noticed.
  const [planted = ''] = other.keys();
  appendFileSync(join(places[1], planted), ' ');
  const noticed = differences(one, outputs(places[1])).includes(planted);
  if (!noticed) console.error('The comparison does not notice a changed byte.');
  console.log(`${one.size} files built twice, ${different.length} differ.`);
  process.exitCode = one.size > 0 && different.length === 0 && noticed ? 0 : 1;
} finally {
  for (const place of places) rmSync(dirname(place), { recursive: true, force: true });
}
