// Every name that a release may have: what one object says of another's address must be the name of a Service that is there.
import { called, containersOf, ofKind, podsOf, type Manifest } from './manifests';
import { manifestsIn, template } from '../../generate/charts/renders';

/** The longest name, a short one, and one with digits and hyphens. */
const TAKEN = ['m', 'a-b-9', 'a'.repeat(39)];
/** Names that helm takes and Services can't bear, with part of what is said. */
const REFUSED: readonly (readonly [name: string, reason: string])[] = [
  ['a'.repeat(40), '40 characters; at most 39'],
  ['a'.repeat(53), '53 characters; at most 39'],
  ['9-lives', 'begins with a letter'],
  ['muster.blue', 'letters, digits and hyphens'],
];

/** Addresses that pods are told: `http://name:3000`, `auth=http://name:9000,…`, `name:3000`. */
function addressesIn(manifests: readonly Manifest[]): string[] {
  const texts = [
    ...ofKind(manifests, 'ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}).filter(([name]) => /^(PEERS|.*_UPSTREAM)$/.test(name)).map(([, value]) => value)),
    ...podsOf(manifests).flatMap((pod) => containersOf(pod).flatMap(({ command }) => command ?? [])),
  ];
  return texts.flatMap((text) => [...text.matchAll(/(?:^|http:\/\/)([a-z0-9][a-z0-9.-]*):\d+/g)].map(([, host = '']) => host));
}

/** What is wrong with the names of one render. */
export function nameFaults(release: string, manifests: readonly Manifest[]): string[] {
  const services = new Set(ofKind(manifests, 'Service').map(({ metadata }) => metadata.name));
  const names = manifests.map(called);
  const addresses = addressesIn(manifests);
  return [
    ...(addresses.length > 0 ? [] : ['no address was found in the render']),
    ...[...new Set(addresses)].filter((host) => !services.has(host)).map((host) => `${host} is spoken to and is no Service`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is there twice`),
    ...manifests.filter(({ metadata }) => metadata.name.length > 63).map((manifest) => `${called(manifest)} is longer than 63 characters`),
  ].map((fault) => `release ${release}: ${fault}`);
}

/** Renders under each name; with a plant, an upstream that was cut, which must be found. */
export async function releaseNameFaults(): Promise<string[]> {
  const taken = await Promise.all(TAKEN.map(async (release) => ({ release, manifests: manifestsIn(await template('muster', 'local', [], release)) })));
  const refused = await Promise.all(REFUSED.map(async ([release, reason]) => ({ release, reason, ran: await template('muster', 'local', [], release) })));
  const [first] = taken;
  const cut = (first?.manifests ?? []).filter((manifest) => called(manifest) !== 'Service m-auth');
  return [
    ...taken.flatMap(({ release, manifests }) => nameFaults(release, manifests)),
    ...refused.filter(({ ran, reason }) => ran.status === 0 || !ran.stderr.includes(reason)).map(({ release, reason }) => `release ${release} was not refused for “${reason}”`),
    ...(nameFaults('m', cut).some((fault) => fault.includes('m-auth is spoken to')) ? [] : ['an address that no Service has went unnoticed']),
  ];
}
