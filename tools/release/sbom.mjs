// `npm run sbom [-- --out release]`: bills of materials as CycloneDX 1.6, of what ships from the lock, and of the charts. npm's
// own command refuses this tree, and cyclonedx-npm gives a bill without hashes. When: a release runs it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const npmUrl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const component = (type, name, version, purl, more) => ({ type, 'bom-ref': purl, name, version, purl, ...more });
const document = (own, components, dependencies) => ({
  bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components, dependencies,
  metadata: { component: own, tools: { components: [{ type: 'application', name: 'tools/release/sbom.mjs', version: own.version }] } },
});

/** Packages of production, as the lock has them: version, licence, hash. Times and numbers of a run are left out, so that equal locks give equal bills. */
export function packagesBill(lock) {
  const shipped = Object.entries(lock.packages).filter(([path, { dev, devOptional, link }]) => path.includes('node_modules/') && !dev && !devOptional && !link);
  const unique = new Map(shipped.map(([path, entry]) => [npmUrl(nameOf(path), entry.version), { name: nameOf(path), ...entry }]));
  const components = [...unique].sort().map(([purl, { name, version, license, integrity = '', optional }]) => component('library', name, version, purl, {
    scope: optional ? 'optional' : 'required',
    ...(license && { licenses: [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }] }),
    ...(integrity.startsWith('sha512-') && { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }] }),
  }));
  const own = component('application', lock.name, lock.version, npmUrl(lock.name, lock.version));
  return document(own, components, [{ ref: own['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }]);
}

/** Licences that ask for no more than a notice. Of an expression with OR one is enough, with AND all are needed. */
const permissive = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0', 'Zlib']);
const isPermissive = (text) => text.replaceAll(/[()]/g, '').split(' OR ').some((choice) => choice.split(' AND ').every((one) => permissive.has(one.trim())));

/** What ships without a hash, under no licence or under one that asks for more, a sentence each. */
export function packageComplaints({ components }) {
  return components.filter(({ type }) => type === 'library').flatMap(({ name, hashes, licenses: [one] = [] }) => {
    const licence = one?.expression ?? one?.license.id ?? 'no licence';
    return [...(isPermissive(licence) ? [] : [`${name} ships under ${licence}`]), ...(hashes ? [] : [`${name} has no SHA-512`])];
  });
}

/** The charts that a chart is made of, at any depth. */
function chartBill(folder) {
  const seen = new Map();
  const take = (name) => {
    if (seen.has(name)) return;
    const { version, dependencies = [] } = parse(readFileSync(join('charts', name, 'Chart.yaml'), 'utf8'));
    const parts = dependencies.map(({ repository, name: part }) => (repository.startsWith('file://') ? repository.split('/').at(-1) : part));
    seen.set(name, { component: component('application', name, version, `pkg:helm/${name}@${version}`), parts });
    parts.forEach(take);
  };
  take(folder);
  const of = (name) => seen.get(name).component;
  const dependencies = [...seen.values()].map((one) => ({ ref: one.component.purl, dependsOn: one.parts.map((part) => of(part).purl) }));
  return document(of(folder), [...seen.keys()].filter((name) => name !== folder).sort().map(of), dependencies);
}

/** @returns how many components each bill has, and what is refused of the packages */
export function writeBills(out) {
  mkdirSync(out, { recursive: true });
  const muster = packagesBill(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const bills = { muster, 'chart-muster': chartBill('muster'), 'chart-muster-backing': chartBill('muster-backing') };
  for (const [name, bill] of Object.entries(bills)) writeFileSync(join(out, `${name}.cdx.json`), `${JSON.stringify(bill, null, 1)}\n`);
  return { counts: Object.values(bills).map(({ components }) => components.length), refused: packageComplaints(muster) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { counts: [packages, ...charts], refused } = writeBills(process.argv[process.argv.indexOf('--out') + 1 || Infinity] ?? 'release');
  for (const complaint of refused) console.error(`  ${complaint}`);
  const met = packages > 200 && refused.length === 0 && charts.every((count) => count > 0);
  console.log(JSON.stringify({ name: 'sbom', figures: { packages, refused: refused.length, charts: charts.length }, aims: { packages: '> 200', refused: 0 }, met }));
  process.exitCode = met ? 0 : 1;
}
