import { mebibytes } from '../manifests';
import { perContainer, perPod, podOf, type Policy } from './policy';

/** Pod Security `restricted`, as the standard words it, for every pod: hooks and tests too. */
export const restricted: Policy = {
  name: 'Pod Security restricted',
  check: (render) => [
    ...perPod(render, ({ spec }) => (spec.hostNetwork || spec.hostPID || spec.hostIPC) && 'shares a namespace of the host'),
    ...perPod(render, ({ spec }) => spec.volumes?.some(({ hostPath }) => hostPath !== undefined) && 'mounts a folder of the host'),
    ...perPod(render, ({ spec }) => spec.securityContext?.runAsNonRoot !== true && 'may run as root'),
    ...perPod(render, ({ spec }) => !(Number(spec.securityContext?.runAsUser) > 0) && 'names no user by number'),
    ...perPod(render, ({ spec }) => spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault' && 'has no seccomp profile'),
    ...perContainer(render, ({ securityContext: s }) => (s?.privileged === true || s?.allowPrivilegeEscalation !== false) && 'may gain privileges'),
    ...perContainer(render, ({ securityContext: s }) => s?.capabilities?.drop?.join() !== 'ALL' && 'keeps capabilities'),
    ...perContainer(render, ({ securityContext: s }) => (s?.capabilities?.add?.length ?? 0) > 0 && 'adds capabilities'),
    ...perContainer(render, ({ securityContext: s }) => s?.runAsUser === 0 && 'runs as root'),
  ],
  plants: [
    { fault: 'a migration as root', in: 'staging', plant: (r) => void (podOf(r, 'Job muster-auth-migration').spec.securityContext = {}), expect: /Job muster-auth-migration: may run as root/ },
    { fault: 'a test that may gain privileges', in: 'local', plant: (r) => void (podOf(r, 'Pod muster-web-test').spec.containers[0]!.securityContext = { capabilities: { drop: ['ALL'] } }), expect: /muster-web-test, ask: may gain/ },
    { fault: 'a capability', in: 'production', plant: (r) => void (podOf(r, 'Deployment muster-user').spec.containers[0]!.securityContext!.capabilities!.add = ['NET_RAW']), expect: /adds capabilities/ },
    { fault: 'a database without seccomp', in: 'local', plant: (r) => delete podOf(r, 'StatefulSet muster-backing-postgres').spec.securityContext!.seccompProfile, expect: /no seccomp/ },
  ],
};

/** What `restricted` does not ask for. */
export const hardened: Policy = {
  name: 'read-only root, sized /tmp, no token, no service links',
  check: (render) => [
    ...perContainer(render, ({ securityContext: s }) => s?.readOnlyRootFilesystem !== true && 'may write to its root'),
    ...perContainer(render, ({ volumeMounts }) => !volumeMounts?.some(({ mountPath }) => mountPath === '/tmp') && 'has no /tmp of its own'),
    ...perPod(render, ({ spec }) => spec.volumes?.some(({ emptyDir }) => emptyDir && !emptyDir.sizeLimit) && 'has a folder without a limit'),
    ...perPod(render, ({ spec }) => spec.automountServiceAccountToken !== false && 'is given a token of the cluster'),
    ...perPod(render, ({ spec }) => spec.enableServiceLinks !== false && 'is told all Services by its environment'),
    ...perPod(render, ({ spec }) => !spec.serviceAccountName && 'runs under the default account'),
  ],
  plants: [
    { fault: 'a writable root', in: 'local', plant: (r) => void (podOf(r, 'Deployment muster-matching').spec.containers[0]!.securityContext!.readOnlyRootFilesystem = false), expect: /may write/ },
    { fault: 'a token', in: 'production', plant: (r) => delete podOf(r, 'Job muster-user-migration').spec.automountServiceAccountToken, expect: /token/ },
    { fault: '/tmp without a limit', in: 'staging', plant: (r) => void (podOf(r, 'Pod muster-auth-test').spec.volumes![0]!.emptyDir = {}), expect: /without a limit/ },
    { fault: 'service links', in: 'staging', plant: (r) => void (podOf(r, 'Deployment muster-web').spec.enableServiceLinks = true), expect: /all Services/ },
  ],
};

/** Requests and a memory limit, no limit of CPU, and a heap that leaves a quarter. */
export const sized: Policy = {
  name: 'resources and heap',
  check: (render) =>
    perContainer(render, ({ resources, env, ports }, { manifest, hook }) => {
      const limit = resources?.limits?.['memory'];
      if (!resources?.requests?.['cpu'] || !resources.requests['memory'] || !limit) return 'has no requests, or no memory limit';
      if (resources.limits?.['cpu']) return 'has a limit of CPU, which only slows down';
      if (mebibytes(resources.requests['memory']) > mebibytes(limit)) return 'asks for more memory than it may have';
      const isService = manifest.kind === 'Deployment' && ports?.some(({ name }) => name === 'ops');
      if (!isService && hook === undefined) return false;
      const heap = Number(/--max-old-space-size=(\d+)$/.exec(env?.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? '')?.[1]);
      const share = heap / mebibytes(limit);
      return !(share >= (hook === 'test' ? 0.4 : 0.7) && share <= 0.8) && `its heap is ${Math.round(share * 100)} % of its memory, not about 75 %`;
    }),
  plants: [
    { fault: 'no memory limit', in: 'local', plant: (r) => delete podOf(r, 'Deployment muster-backing-valkey').spec.containers[0]!.resources!.limits, expect: /no memory limit/ },
    { fault: 'a heap as large as the limit', in: 'production', plant: (r) => void (podOf(r, 'Deployment muster-auth').spec.containers[0]!.env![0]!.value = '--max-old-space-size=640'), expect: /heap is 100 %/ },
    { fault: 'a limit of CPU', in: 'staging', plant: (r) => void (podOf(r, 'Deployment muster-web').spec.containers[0]!.resources!.limits!['cpu'] = '1'), expect: /limit of CPU/ },
  ],
};

export const pinned: Policy = {
  name: 'images by digest in production',
  check: (render) => {
    const images = [
      ...render.muster.flatMap((manifest) => (manifest.spec?.imageName ? [manifest.spec.imageName] : [])),
      ...render.backing.flatMap((manifest) => (manifest.spec?.imageName ? [manifest.spec.imageName] : [])),
    ].filter((image) => render.environment === 'production' && !/@sha256:[0-9a-f]{64}$/.test(image));
    const containers = perContainer(render, ({ image }) => {
      if (render.environment === 'production') return !/@sha256:[0-9a-f]{64}$/.test(image) && `${image} is not named by its digest`;
      return (!/:[^/]+$/.test(image) || image.endsWith(':latest')) && `${image} names no version`;
    });
    return [...containers, ...images.map((image) => `${image} is not named by its digest`)];
  },
  plants: [
    { fault: 'a tag in production', in: 'production', plant: (r) => void (podOf(r, 'Job muster-matching-migration').spec.containers[0]!.image = 'muster/matching:0.1.0'), expect: /not named by its digest/ },
    { fault: 'latest', in: 'local', plant: (r) => void (podOf(r, 'Deployment muster-user').spec.containers[0]!.image = 'muster/user:latest'), expect: /names no version/ },
  ],
};
