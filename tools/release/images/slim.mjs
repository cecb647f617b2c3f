// What of an installed package no service reads at run time: maps, typings, sources in TypeScript, documents, tests,
// and the module formats that `require` does not take.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

const uselessFile = /(\.map|\.[cm]?ts|\.tsx|\.flow|\.tsbuildinfo|\.gif|\.png|\.coffee|\.md|\.markdown)$|^(\.|Makefile$|tsconfig.*\.json$|CHANGELOG|HISTORY|AUTHORS)/i;
const keptAlways = /^(licen[cs]e|notice|copying)/i;
/** Beside a package's manifest; deeper they may be part of the program (yaml/dist/doc). */
const uselessBesideManifest = new Set(['test', 'tests', '__tests__', 'spec', 'specs', 'doc', 'docs', 'example', 'examples', 'benchmark', 'benchmarks', 'bench', 'coverage', 'fixtures', 'man']);
const otherFormat = /^(_?esm|esm5|esm2015|_?esnext|_?es6|es2015|fesm\w*|umd|bundles)$/;
/** The pages of Swagger are served from here: its pictures stay. */
const keepsPictures = new Set(['swagger-ui-dist']);

/**
 * Which paths of the package in `folder` an image takes; `node_modules` inside are packages of their own.
 *
 * @returns {(path: string) => boolean}
 */
export function keptOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entered = [...entries(manifest)];
  const isEntered = (path) => entered.some((entry) => entry.startsWith(`${path}/`));
  return (path) => {
    if (path === folder) return true;
    const name = basename(path);
    if (!statSync(path).isDirectory()) return !isUselessFile(name, manifest.name) && !hasTwin(path, manifest);
    if (name === 'node_modules' || name.startsWith('.')) return false;
    const useless = (dirname(path) === folder && uselessBesideManifest.has(name)) || otherFormat.test(name);
    return !useless || isEntered(relative(folder, path).split(sep).join('/'));
  };
}

function isUselessFile(name, ofPackage) {
  if (keptAlways.test(name) || (keepsPictures.has(ofPackage) && name.endsWith('.png'))) return false;
  return uselessFile.test(name);
}

/** `a.js` beside `a.cjs` in a package of ES modules, and `a.mjs` beside either, are the same once more. */
function hasTwin(path, manifest) {
  const has = (extension) => existsSync(path.replace(/\.[cm]?js$/, extension));
  if (path.endsWith('.mjs')) return has('.cjs') || (has('.js') && manifest.type !== 'module');
  return path.endsWith('.js') && manifest.type === 'module' && has('.cjs');
}

/** Files that `require` of the package, or of a part of it, enters by. */
function* entries(manifest) {
  if (typeof manifest.main === 'string') yield normal(manifest.main);
  if (manifest.exports !== undefined) yield* exportedFiles(manifest.exports);
}

function* exportedFiles(exported) {
  if (typeof exported === 'string') yield normal(exported);
  else if (Array.isArray(exported)) for (const each of exported) yield* exportedFiles(each);
  else if (exported && typeof exported === 'object') {
    const keys = Object.keys(exported);
    const taken = keys.every((key) => key.startsWith('.')) ? keys : [requireCondition(keys)];
    for (const key of taken) yield* exportedFiles(exported[key]);
  }
}

/** What Node takes for `require`; an object that has only `import` is an ES module, which Node 24 requires as well. */
function requireCondition(conditions) {
  return ['node', 'require', 'default', 'import'].find((name) => conditions.includes(name));
}

const normal = (path) => path.replace(/^\.\//, '');

