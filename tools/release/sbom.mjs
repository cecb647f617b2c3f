// `npm run sbom [-- --out release]`: bills of materials as CycloneDX 1.6, of what ships from the lock (npm's own command
// refuses a workspace with overrides), and of the charts. When: a release runs it; nothing but the checkout is read.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const npmUrl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function document(component, components, dependencies) {
  const tool = { type: 'application', name: 'tools/release/sbom.mjs', version: component.version };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component, tools: { components: [tool] } }, components, dependencies };
}

/** Packages of production, as the lock has them: version, licence, hash. Times and numbers of a run are left out, so that equal locks give equal bills. */
export function packagesBill(lock) {
  const shipped = Object.entries(lock.packages).filter(([path, { dev, devOptional, link }]) => path.includes('node_modules/') && !dev && !devOptional && !link);
  const unique = new Map(shipped.map(([path, entry]) => [npmUrl(nameOf(path), entry.version), { name: nameOf(path), ...entry }]));
  const components = [...unique].sort().map(([purl, { name, version, license, integrity, optional }]) => ({
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    scope: optional ? 'optional' : 'required',
    ...(license && { licenses: [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }] }),
    ...(/^sha512-/.test(integrity ?? '') && { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }] }),
  }));
  const own = { type: 'application', 'bom-ref': npmUrl(lock.name, lock.version), name: lock.name, version: lock.version, purl: npmUrl(lock.name, lock.version) };
  return document(own, components, [{ ref: own['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }]);
}

/** Licences that ask for no more than a notice. Of an expression with OR one is enough, with AND all are needed. */
const permissive = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0', 'Zlib']);

/** What ships without a hash, under no licence or under one that asks for more, a sentence each. */
export function packageComplaints({ components }) {
  const isPermissive = (text) => text.replaceAll(/[()]/g, '').split(' OR ').some((choice) => choice.split(' AND ').every((one) => permissive.has(one.trim())));
  const of = ({ licenses: [one] = [] }) => one?.expression ?? one?.license.id ?? 'no licence';
  const packages = components.filter(({ type }) => type === 'library');
  return [
    ...packages.filter((one) => !isPermissive(of(one))).map((one) => `${one.name} ships under ${of(one)}`),
    ...packages.filter(({ hashes }) => !hashes).map(({ name }) => `${name} has no SHA-512`),
  ];
}

/** The charts that a chart is made of, at any depth; `read` gives the Chart.yaml of a folder of charts/. */
export function chartBill(folder, read) {
  const seen = new Map();
  const take = (name) => {
    if (seen.has(name)) return;
    const { version, dependencies = [] } = parse(read(name));
    const parts = dependencies.map(({ repository, name: part }) => (repository.startsWith('file://') ? repository.split('/').at(-1) : part));
    seen.set(name, { version, parts });
    parts.forEach(take);
  };
  take(folder);
  const reference = (name) => `pkg:helm/${name}@${seen.get(name).version}`;
  const component = (name) => ({ type: 'application', 'bom-ref': reference(name), name, version: seen.get(name).version, purl: reference(name) });
  const parts = [...seen.keys()].filter((name) => name !== folder).sort();
  return document(component(folder), parts.map(component), [...seen].map(([name, row]) => ({ ref: reference(name), dependsOn: row.parts.map(reference) })));
}

export function writeBills(out) {
  mkdirSync(out, { recursive: true });
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const bills = { muster: packagesBill(lock) };
  for (const chart of ['muster', 'muster-backing']) bills[`chart-${chart}`] = chartBill(chart, (name) => readFileSync(join('charts', name, 'Chart.yaml'), 'utf8'));
  return Object.entries(bills).map(([name, bill]) => {
    const path = join(out, `${name}.cdx.json`);
    writeFileSync(path, `${JSON.stringify(bill, null, 1)}\n`);
    return { path, components: bill.components.length, refused: packageComplaints(bill) };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'release' } } });
  const bills = writeBills(values.out);
  for (const { path, components } of bills) console.log(`${path.padEnd(40)} ${components} components`);
  const [packages, ...charts] = bills;
  for (const complaint of packages.refused) console.error(`  ${complaint}`);
  const met = packages.components > 200 && packages.refused.length === 0 && charts.every(({ components }) => components > 0);
  console.log(JSON.stringify({ name: 'sbom', figures: { bills: bills.length, packages: packages.components, refused: packages.refused.length, files: readdirSync(values.out).length }, aims: { packages: '> 200', refused: 0 }, met }));
  process.exitCode = met ? 0 : 1;
}
