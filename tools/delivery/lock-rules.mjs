// What the lock of packages must keep to: no address of its own, integrity, no unknown installation script, one
// OpenTelemetry, permissive licences in what ships, nothing that wants a newer Node than we ask for. Pure; check-lock.mjs
// reads the files.
import { minVersion, satisfies } from 'semver';

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const packagesOf = (lock) => Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

/** Licences that ask for no more than a notice. Of an expression with OR one is enough, with AND all are needed. */
const permissive = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0', 'Zlib']);

export function isPermissive(licence) {
  if (typeof licence !== 'string') return false;
  return licence.replaceAll(/[()]/g, '').split(' OR ').some((choice) => choice.split(' AND ').every((one) => permissive.has(one.trim())));
}

/** The public address or none at all: one of somebody's own registry would send everybody there, or fail for them. */
const publicAddress = /^https:\/\/registry\.npmjs\.org\//;

export function addressComplaints({ lock }) {
  return packagesOf(lock).flatMap(([path, { resolved, integrity }]) => [
    // The address itself is not printed: it may be somebody's own.
    ...(resolved === undefined || publicAddress.test(resolved) ? [] : [`${path}: its address is not the public registry's`]),
    ...(/^sha512-/.test(integrity ?? '') ? [] : [`${path}: no SHA-512`]),
  ]);
}

export function scriptComplaints({ lock, allowed, npmrc }) {
  const having = new Set(packagesOf(lock).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)));
  return [
    ...(/^ignore-scripts\s*=\s*true$/m.test(npmrc) ? [] : ['.npmrc: ignore-scripts=true is missing']),
    ...[...having].filter((name) => !allowed[name]).map((name) => `${name} has an installation script and no line in install-scripts.json`),
    ...Object.keys(allowed).filter((name) => !having.has(name)).map((name) => `install-scripts.json: ${name} has no installation script (any more)`),
  ];
}

/** Two versions of one of its packages in a process don't see each other's spans, and double what an image carries. */
export function openTelemetryComplaints({ lock }) {
  const versions = new Map();
  for (const [path, { version }] of packagesOf(lock)) {
    const name = nameOf(path);
    if (name.startsWith('@opentelemetry/')) versions.set(name, new Set([...(versions.get(name) ?? []), version]));
  }
  return [...versions].filter(([, found]) => found.size > 1).map(([name, found]) => `${name} is there in ${[...found].join(' and ')}`);
}

export function licenceComplaints({ lock }) {
  return packagesOf(lock)
    .filter(([, { dev, devOptional, license }]) => !dev && !devOptional && !isPermissive(license))
    .map(([path, { license }]) => `${nameOf(path)} ships under ${license ?? 'no licence'}`);
}

/** Each oldest release of Node that our own package.json allows runs every package; npm leaves optional ones out by itself. */
export function engineComplaints({ lock }) {
  const oldest = (lock.packages['']?.engines?.node ?? '').split('||').map((range) => minVersion(range)?.version);
  return packagesOf(lock).flatMap(([path, { engines, optional }]) =>
    oldest.filter((version) => !optional && !satisfies(version, engines?.node ?? '*')).map((version) => `${path} wants Node ${engines.node}, and ${version} is allowed`),
  );
}

export const lockRules = [addressComplaints, scriptComplaints, openTelemetryComplaints, licenceComplaints, engineComplaints];

const added = (entry) => (project) => ({ ...project, lock: { ...project.lock, packages: { ...project.lock.packages, ...entry } } });
const sound = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };

export const lockPlants = [
  ['an address of a private registry', added({ 'node_modules/x': { ...sound, resolved: 'https://npm.example/x.tgz' } }), /^node_modules\/x: its address/],
  ['an address without TLS', added({ 'node_modules/x': { ...sound, resolved: 'http://registry.npmjs.org/x.tgz' } }), /^node_modules\/x: its address/],
  ['a package without integrity', added({ 'node_modules/x': { ...sound, integrity: undefined } }), /^node_modules\/x: no SHA-512/],
  ['a package with SHA-1', added({ 'node_modules/x': { ...sound, integrity: 'sha1-x' } }), /^node_modules\/x: no SHA-512/],
  ['a new installation script', added({ 'node_modules/x': { ...sound, hasInstallScript: true } }), /^x has an installation script/],
  ['a reason for a script that is gone', (project) => ({ ...project, allowed: { ...project.allowed, gone: 'once' } }), /^install-scripts\.json: gone/],
  ['installation scripts switched on', (project) => ({ ...project, npmrc: 'ignore-scripts=false\n' }), /ignore-scripts=true is missing/],
  ['a second version of OpenTelemetry', added({ 'node_modules/x/node_modules/@opentelemetry/api': { ...sound, version: '1.0.0' } }), /^@opentelemetry\/api is there in/],
  ['a copyleft licence in production', added({ 'node_modules/x': { ...sound, license: 'GPL-3.0-only' } }), /^x ships under GPL/],
  ['a licence half copyleft', added({ 'node_modules/x': { ...sound, license: 'MIT AND LGPL-3.0' } }), /^x ships under MIT AND/],
  ['a package that wants a newer Node', added({ 'node_modules/x': { ...sound, engines: { node: '>=22' } } }), /^node_modules\/x wants Node >=22, and 20\.19\.0 is allowed/],
  ['no licence in production', added({ 'node_modules/x': { ...sound, license: undefined } }), /^x ships under no licence/],
];
