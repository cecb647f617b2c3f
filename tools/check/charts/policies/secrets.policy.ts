import { isSecret } from '@muster/platform/config/variables';
import { called, containersOf, hookOf, ofKind, type Manifest } from '../manifests';
import type { Render } from '../../../generate/charts/renders';
import { serviceConfigs } from '../../../generate/charts/services';
import { allManifests, allPods, find, podOf, type Policy } from './policy';

const secretNames: ReadonlySet<string> = new Set(
  Object.values(serviceConfigs).flatMap(({ shape }) => Object.entries(shape).filter(([, schema]) => isSecret(schema)).map(([name]) => name)),
);
/** An address with a password in it, a private key in any of its dresses. */
const LOOKS_SECRET = /:\/\/[^/\s:@]+:[^/\s@]+@|PRIVATE KEY|"d"\s*:\s*"/;

export const noLiterals: Policy = {
  name: 'no literal secret',
  check: (render) => [
    ...ofKind(allManifests(render), 'Secret').map((manifest) => `${called(manifest)}: a Secret in a render is a secret in the repository`),
    ...allPods(render).flatMap((pod) =>
      containersOf(pod).flatMap(({ env = [] }) =>
        env.filter(({ name, value }) => value !== undefined && (secretNames.has(name) || LOOKS_SECRET.test(value))).map(({ name }) => `${pod.owner}: ${name} is written out`),
      ),
    ),
    ...ofKind(allManifests(render), 'ConfigMap').flatMap((map) =>
      Object.entries(map.data ?? {}).filter(([name, value]) => secretNames.has(name) || LOOKS_SECRET.test(value)).map(([name]) => `${called(map)}: ${name} is written out`),
    ),
  ],
  plants: [
    { fault: 'a Secret', in: 'production', plant: (r) => r.muster.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'muster-auth' }, stringData: {} }), expect: /Secret muster-auth/ },
    { fault: 'a password in a ConfigMap', in: 'staging', plant: (r) => void (find(r, 'ConfigMap muster-user').data!['PEERS'] = 'auth=http://me:hunter2@auth'), expect: /PEERS is written out/ },
    { fault: 'a secret variable with a value', in: 'production', plant: (r) => podOf(r, 'Job muster-auth-migration').spec.containers[0]!.env!.push({ name: 'AUTH_SECRET', value: 'x' }), expect: /AUTH_SECRET is written out/ },
  ],
};

/** The owner of the schema is known to the migration alone. */
export const migratorOnly: Policy = {
  name: 'the owner’s address only in the migration',
  check: (render) =>
    allPods(render).flatMap((pod) => {
      const has = containersOf(pod).some(({ env = [] }) => env.some(({ name }) => name.startsWith('DATABASE_MIGRATOR_URL')));
      if (pod.labels['app.kubernetes.io/component'] === 'migration') return has ? [] : [`${pod.owner}: has no DATABASE_MIGRATOR_URL`];
      return has ? [`${pod.owner}: is given DATABASE_MIGRATOR_URL`] : [];
    }),
  plants: [
    { fault: 'a service with the owner’s address', in: 'local', plant: (r) => podOf(r, 'Deployment muster-user').spec.containers[0]!.env!.push({ name: 'DATABASE_MIGRATOR_URL', valueFrom: { secretKeyRef: { name: 'muster-user', key: 'DATABASE_MIGRATOR_URL' } } }), expect: /muster-user: is given/ },
  ],
};

const weight = (manifest: Manifest): number => Number(manifest.metadata.annotations?.['helm.sh/hook-weight'] ?? 0);

/** Secrets, then the migration's network policy, then the migration; each ends by itself and can be begun again. */
export const hooked: Policy = {
  name: 'hooks in their order',
  check: (render) => {
    const hooks = render.muster.filter((manifest) => hookOf(manifest)?.includes('pre-install'));
    const of = (kind: string): Manifest[] => hooks.filter((manifest) => manifest.kind === kind);
    const jobs = of('Job');
    const faults = jobs.flatMap((job): string[] => [
      ...(of('NetworkPolicy').some((policy) => policy.metadata.name === job.metadata.name && weight(policy) < weight(job)) ? [] : [`${called(job)}: has no network policy before it`]),
      ...(of('ExternalSecret').some((secret) => weight(secret) >= weight(job)) ? [`${called(job)}: comes before an ExternalSecret`] : []),
      ...(job.spec?.activeDeadlineSeconds && job.spec.backoffLimit !== undefined ? [] : [`${called(job)}: may run for ever`]),
      ...(hookOf(job) === 'pre-install,pre-upgrade' && deletes(job).includes('before-hook-creation') ? [] : [`${called(job)}: cannot be begun again`]),
    ]);
    const wanted = wantedSecrets(render);
    return [...faults, ...(jobs.length === Object.keys(serviceConfigs).length ? [] : [`${jobs.length} migrations`]), ...wanted.filter((name) => !of('ExternalSecret').some((one) => one.spec?.target?.name === name)).map((name) => `no ExternalSecret makes ${name} before the migrations`)];
  },
  plants: [
    { fault: 'a migration before its policy', in: 'local', plant: (r) => void (find(r, 'Job muster-user-migration').metadata.annotations!['helm.sh/hook-weight'] = '-15'), expect: /no network policy before/ },
    { fault: 'an ExternalSecret too late', in: 'staging', plant: (r) => void (find(r, 'ExternalSecret muster-auth').metadata.annotations!['helm.sh/hook-weight'] = '5'), expect: /before an ExternalSecret/ },
    { fault: 'no deadline', in: 'production', plant: (r) => delete find(r, 'Job muster-matching-migration').spec!.activeDeadlineSeconds, expect: /for ever/ },
    { fault: 'an ExternalSecret that is no hook', in: 'production', plant: (r) => delete find(r, 'ExternalSecret muster-user').metadata.annotations!['helm.sh/hook'], expect: /no ExternalSecret makes muster-user/ },
  ],
};

const deletes = (manifest: Manifest): string => manifest.metadata.annotations?.['helm.sh/hook-delete-policy'] ?? '';

/** Secrets that the pods name, where an external store has them. */
function wantedSecrets(render: Render): string[] {
  if (render.environment === 'local') return [];
  const names = render.muster.flatMap((manifest) => (manifest.spec?.template?.spec.containers ?? []).flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? [])));
  return [...new Set(names)];
}
