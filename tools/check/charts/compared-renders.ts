// What no tool compares: renders with each other, with values that must be refused, and under every name of a release.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { called, ofKind, podsOf, type Manifest } from './manifests';
import { charts, inTurn, manifestsIn, template, type Render } from './renders';

/** Values of charts/<chart>/tests/bad-values are refused, each for the reason in its first line (`# environment: part of the message`). */
export async function badValues(): Promise<{ count: number; faults: string[] }> {
  const files = ['muster', 'muster-backing'].flatMap((chart) => readdirSync(join(charts, chart, 'tests', 'bad-values')).map((name) => ({ chart, file: join(charts, chart, 'tests', 'bad-values', name) })));
  const faults = await inTurn(files, async ({ chart, file }) => {
    const [, environment = '', reason = ''] = /^# (\w+): (.+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
    if (reason === '') return [`${file} does not say in its first line why it is refused`];
    const { status, stderr } = await template(chart, environment, ['--values', file]);
    if (status === 0) return [`${file} was taken`];
    return stderr.includes(reason) ? [] : [`${file} was refused, but not for “${reason}”: ${stderr.trim().slice(0, 300)}`];
  });
  return { count: files.length, faults: faults.flat() };
}

/** The objects of a render, each with the keys of its data and the variables of its containers: no values. */
function shape({ muster, backing }: Render): Set<string> {
  return new Set([...muster, ...backing].flatMap((manifest) => [
    called(manifest),
    ...[...Object.keys(manifest.data ?? {}), ...(manifest.spec?.data ?? []).map(({ secretKey }) => secretKey), ...podsOf([manifest]).flatMap(({ containers }) => containers.flatMap(({ env = [] }) => env.map(({ name }) => name)))]
      .map((key) => `${called(manifest)}: ${key}`),
  ]));
}

/** What one environment has and the other has not: staging is no rehearsal of what it lacks. */
export function parityFaults(staging: Render, production: Render): string[] {
  const [rehearsed, played] = [shape(staging), shape(production)];
  return [
    ...[...played].filter((one) => !rehearsed.has(one)).map((one) => `production has ${one}, staging has not`),
    ...[...rehearsed].filter((one) => !played.has(one)).map((one) => `staging has ${one}, production has not`),
  ];
}

const checksums = (manifests: readonly Manifest[]): Map<string, string | undefined> =>
  new Map(podsOf(ofKind(manifests, 'Deployment')).map(({ owner, annotations }) => [owner, annotations['muster/config-checksum']]));

/** Renders with a value changed, and sees that exactly the pods concerned would be replaced; with a plant that is missed. */
export async function checksumFaults(before: readonly Manifest[]): Promise<string[]> {
  const was = checksums(before);
  const wrong = (after: readonly Manifest[], changes: (owner: string) => boolean): string[] =>
    [...checksums(after)].filter(([owner, sum]) => (was.get(owner) !== sum) !== changes(owner)).map(([owner]) => (changes(owner) ? `${owner}: its environment changed, its pods would go on with the old one` : `${owner}: new pods for nothing`));
  const after = async (change: string): Promise<Manifest[]> => manifestsIn(await template('muster', 'staging', ['--set', change]));
  return [
    ...wrong(await after('global.publicOrigin=https://other.example'), () => true),
    ...wrong(await after('auth.config.KEY_DAYS=29'), (owner) => owner === 'Deployment muster-auth'),
    ...wrong(await after('global.image.tag=other'), () => false),
    ...(wrong(before, () => true).length === was.size ? [] : ['a checksum that never changes was not noticed']),
  ];
}

/** The longest name, a short one, and one with digits and hyphens. */
const TAKEN = ['m', 'a-b-9', 'a'.repeat(39)];
/** Names that helm takes and Services can't bear, with part of what is said. */
const REFUSED = [
  ['a'.repeat(40), '40 characters; at most 39'], ['a'.repeat(53), '53 characters; at most 39'], ['9-lives', 'begins with a letter'], ['muster.blue', 'letters, digits and hyphens'],
] as const;

/** What is wrong with the names of one render: an address that pods are told (`http://name:3000`, `auth=http://name:9000,…`) is the name of a Service that is there. */
function nameFaults(release: string, manifests: readonly Manifest[]): string[] {
  const services = new Set(ofKind(manifests, 'Service').map(({ metadata }) => metadata.name));
  const names = manifests.map(called);
  const texts = [
    ...ofKind(manifests, 'ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}).filter(([name]) => /^(PEERS|.*_UPSTREAM)$/.test(name)).map(([, value]) => value)),
    ...podsOf(manifests).flatMap(({ containers }) => containers.flatMap(({ command = [] }) => command)),
  ];
  const addresses = texts.flatMap((text) => [...text.matchAll(/(?:^|http:\/\/)([a-z0-9][a-z0-9.-]*):\d+/g)].map(([, host = '']) => host));
  return [
    ...(addresses.length > 0 ? [] : ['no address was found in the render']),
    ...[...new Set(addresses)].filter((host) => !services.has(host)).map((host) => `${host} is spoken to and is no Service`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is there twice`),
    ...manifests.filter(({ metadata }) => metadata.name.length > 63).map((manifest) => `${called(manifest)} is longer than 63 characters`),
  ].map((fault) => `release ${release}: ${fault}`);
}

/** Renders under each name; with a plant, an upstream that was cut, which must be found. */
export async function releaseNameFaults(): Promise<string[]> {
  const taken = await inTurn(TAKEN, async (release) => [release, manifestsIn(await template('muster', 'local', [], release))] as const);
  const refused = await inTurn(REFUSED, async ([release, reason]) => {
    const { status, stderr } = await template('muster', 'local', [], release);
    return status !== 0 && stderr.includes(reason) ? [] : [`release ${release} was not refused for “${reason}”`];
  });
  const cut = (taken[0]?.[1] ?? []).filter((manifest) => called(manifest) !== 'Service m-auth');
  return [
    ...taken.flatMap(([release, manifests]) => nameFaults(release, manifests)), ...refused.flat(),
    ...(nameFaults('m', cut).some((fault) => fault.includes('m-auth is spoken to')) ? [] : ['an address that no Service has went unnoticed']),
  ];
}
