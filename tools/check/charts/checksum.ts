import { podsOf, ofKind, type Manifest } from './manifests';
import { manifestsIn, template } from '../../generate/charts/renders';

const ANNOTATION = 'muster/config-checksum';

const checksums = (manifests: readonly Manifest[]): Map<string, string> =>
  new Map(podsOf(ofKind(manifests, 'Deployment')).map(({ owner, annotations }) => [owner, annotations[ANNOTATION] ?? 'none']));

/** Deployments whose checksum did not do what the change asks for. */
export function wrongChecksums(before: readonly Manifest[], after: readonly Manifest[], changes: (owner: string) => boolean): string[] {
  const was = checksums(before);
  return [...checksums(after)].flatMap(([owner, sum]) => {
    if (sum === 'none') return [`${owner} has no checksum of its configuration`];
    if ((was.get(owner) !== sum) === changes(owner)) return [];
    return [changes(owner) ? `${owner}: its environment changed, its pods would go on with the old one` : `${owner}: new pods for nothing`];
  });
}

/** Renders with a value changed, and sees that exactly the pods concerned would be replaced; with a plant that is missed. */
export async function checksumFaults(before: readonly Manifest[]): Promise<string[]> {
  const after = async (change: string): Promise<Manifest[]> => manifestsIn(await template('muster', 'staging', ['--set', change]));
  const [everywhere, auth, tag] = await Promise.all([after('global.publicOrigin=https://other.example'), after('auth.config.KEY_DAYS=29'), after('global.image.tag=other')]);
  const plant = wrongChecksums(before, before, () => true);
  return [
    ...wrongChecksums(before, everywhere, () => true),
    ...wrongChecksums(before, auth, (owner) => owner === 'Deployment muster-auth'),
    ...wrongChecksums(before, tag, () => false),
    ...(plant.length === checksums(before).size ? [] : ['a checksum that never changes was not noticed']),
  ];
}
