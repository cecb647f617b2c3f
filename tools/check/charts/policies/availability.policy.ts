import { called, ofKind, podsOf, selects, type Manifest, type PodOf } from '../manifests';
import type { Render } from '../../../generate/charts/renders';
import { find, podOf, type Policy } from './policy';

const deployments = (render: Render): Manifest[] => ofKind(render.muster, 'Deployment');
const running = (render: Render): PodOf[] => podsOf(deployments(render));

/** A sentence for each Deployment of which `says` finds something wrong. */
function perDeployment(render: Render, says: (deployment: Manifest, pod: PodOf) => string | false): string[] {
  return running(render).flatMap((pod) => {
    const fault = says(pod.manifest, pod);
    return fault ? [`${pod.owner}: ${fault}`] : [];
  });
}

export const budgets: Policy = {
  name: 'a disruption budget for each',
  check: (render) =>
    perDeployment(render, (_deployment, pod) => {
      const budget = ofKind(render.muster, 'PodDisruptionBudget').filter(({ spec }) => selects(spec?.selector?.matchLabels, pod.labels));
      if (budget.length !== 1) return `has ${budget.length} disruption budgets`;
      if (budget[0]?.spec?.maxUnavailable !== 1) return 'its budget is not maxUnavailable 1';
      return budget[0].spec.unhealthyPodEvictionPolicy !== 'AlwaysAllow' && 'its broken pods keep a node from being drained';
    }),
  plants: [
    { fault: 'a budget that chooses other pods', in: 'production', plant: (r) => void (find(r, 'PodDisruptionBudget muster-auth').spec!.selector = { matchLabels: { app: 'auth' } } as never), expect: /muster-auth: has 0/ },
    { fault: 'a budget of two', in: 'local', plant: (r) => void (find(r, 'PodDisruptionBudget muster-web').spec!.maxUnavailable = 2), expect: /not maxUnavailable 1/ },
    { fault: 'broken pods that hold a node', in: 'staging', plant: (r) => delete find(r, 'PodDisruptionBudget muster-user').spec!.unhealthyPodEvictionPolicy, expect: /broken pods/ },
  ],
};

export const scaled: Policy = {
  name: 'an autoscaler with two at least, or a number',
  check: (render) =>
    perDeployment(render, ({ metadata, spec }) => {
      const scalers = ofKind(render.muster, 'HorizontalPodAutoscaler').filter(({ spec: scaler }) => scaler?.scaleTargetRef?.name === metadata.name);
      if (scalers.length === 0) return !((spec?.replicas ?? 0) >= 2) && 'has neither an autoscaler nor two replicas';
      if (spec?.replicas !== undefined) return 'names its replicas beside an autoscaler: each upgrade would undo what that did';
      const { minReplicas = 0, maxReplicas = 0 } = scalers[0]?.spec ?? {};
      return (minReplicas < 2 || maxReplicas < minReplicas || scalers.length > 1) && 'its autoscaler may leave fewer than two';
    }),
  plants: [
    { fault: 'one replica at least', in: 'staging', plant: (r) => void (find(r, 'HorizontalPodAutoscaler muster-matching').spec!.minReplicas = 1), expect: /fewer than two/ },
    { fault: 'replicas beside the autoscaler', in: 'local', plant: (r) => void (find(r, 'Deployment muster-auth').spec!.replicas = 2), expect: /undo what that did/ },
    { fault: 'no autoscaler', in: 'production', plant: (r) => r.muster.splice(r.muster.indexOf(find(r, 'HorizontalPodAutoscaler muster-web')), 1), expect: /neither/ },
  ],
};

export const spread: Policy = {
  name: 'spread over zones and hosts',
  check: (render) =>
    perDeployment(render, (_deployment, { spec, labels }) => {
      const held = (spec.topologySpreadConstraints ?? []).filter(({ whenUnsatisfiable, labelSelector, maxSkew }) =>
        whenUnsatisfiable === 'ScheduleAnyway' && maxSkew === 1 && labelSelector?.matchLabels && selects(labelSelector.matchLabels, labels));
      return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].some((key) => !held.some(({ topologyKey }) => topologyKey === key)) && 'is not spread over zones and hosts';
    }),
  plants: [
    { fault: 'one zone', in: 'production', plant: (r) => podOf(r, 'Deployment muster-matching').spec.topologySpreadConstraints!.shift(), expect: /not spread/ },
    { fault: 'a spread that leaves pods waiting', in: 'staging', plant: (r) => void (podOf(r, 'Deployment muster-auth').spec.topologySpreadConstraints![1]!.whenUnsatisfiable = 'DoNotSchedule'), expect: /not spread/ },
  ],
};

export const rolling: Policy = {
  name: 'a roll takes nobody away before somebody is there',
  check: (render) =>
    perDeployment(render, ({ spec }) => {
      const { maxUnavailable, maxSurge } = spec?.strategy?.rollingUpdate ?? {};
      if (maxUnavailable !== 0 || !(Number(maxSurge) >= 1)) return 'a roll may take a pod away first';
      return !((spec?.minReadySeconds ?? 0) >= 5) && 'a roll goes on before a new pod has proved itself for 5 s';
    }),
  plants: [
    { fault: 'one pod less in a roll', in: 'local', plant: (r) => void (find(r, 'Deployment muster-user').spec!.strategy!.rollingUpdate!.maxUnavailable = 1), expect: /away first/ },
    { fault: 'ready at once', in: 'production', plant: (r) => void (find(r, 'Deployment muster-web').spec!.minReadySeconds = 0), expect: /proved itself/ },
  ],
};

/** preStop + drain + longest request + 10 s, with the numbers that the program itself is given. */
export const graceful: Policy = {
  name: 'the grace period is long enough',
  check: (render) =>
    perDeployment(render, ({ metadata }, { spec }) => {
      const config = ofKind(render.muster, 'ConfigMap').find((one) => one.metadata.name === metadata.name)?.data ?? {};
      const preStop = spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
      if (preStop < 5) return 'does not wait 5 s for proxies to hear that it goes';
      const least = preStop + Number(config['DRAIN_SECONDS'] ?? 5) + Number(config['REQUEST_SECONDS'] ?? 20) + 10;
      const grace = spec.terminationGracePeriodSeconds ?? 30;
      return grace < least && `is killed after ${grace} s, and needs ${least}`;
    }),
  plants: [
    { fault: 'the default grace period', in: 'production', plant: (r) => delete podOf(r, 'Deployment muster-communication').spec.terminationGracePeriodSeconds, expect: /killed after 30 s, and needs 40/ },
    { fault: 'a longer request', in: 'staging', plant: (r) => void (find(r, 'ConfigMap muster-auth').data!['REQUEST_SECONDS'] = '60'), expect: /needs 80/ },
    { fault: 'no preStop', in: 'local', plant: (r) => delete podOf(r, 'Deployment muster-web').spec.containers[0]!.lifecycle, expect: /does not wait/ },
  ],
};

export const probed: Policy = {
  name: 'three probes, three addresses',
  check: (render) =>
    perDeployment(render, (_deployment, { spec }) => {
      const [container] = spec.containers;
      const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe].map((probe) => probe?.httpGet);
      if (probes.some((probe) => !probe)) return 'lacks a probe';
      if (new Set(probes.map((probe) => probe?.path)).size !== 3) return 'asks the same address for different things';
      const wanted = container?.ports?.some(({ name }) => name === 'ops') ? 'ops' : 'http';
      return probes.some((probe) => probe?.port !== wanted) && `is not probed on its port ${wanted}`;
    }),
  plants: [
    { fault: 'readiness as liveness', in: 'local', plant: (r) => void (podOf(r, 'Deployment muster-auth').spec.containers[0]!.livenessProbe!.httpGet!.path = '/health/ready'), expect: /same address/ },
    { fault: 'no startup probe', in: 'production', plant: (r) => delete podOf(r, 'Deployment muster-matching').spec.containers[0]!.startupProbe, expect: /lacks a probe/ },
    { fault: 'a probe on the public port', in: 'staging', plant: (r) => void (podOf(r, 'Deployment muster-user').spec.containers[0]!.readinessProbe!.httpGet!.port = 'http'), expect: /its port ops/ },
  ],
};

/** Each service has a Service that its monitor finds, by a port that is there. */
export const monitored: Policy = {
  name: 'metrics are fetched',
  check: (render) => {
    if (!render.global.monitoring.enabled) return [];
    return perDeployment(render, ({ metadata }, { spec }) => {
      if (!spec.containers[0]?.ports?.some(({ name }) => name === 'ops')) return false;
      const service = ofKind(render.muster, 'Service').find((one) => one.metadata.name === metadata.name);
      const monitor = ofKind(render.muster, 'ServiceMonitor').find(({ spec: own }) => selects(own?.selector?.matchLabels, service?.metadata.labels ?? {}));
      const endpoint = monitor?.spec?.endpoints?.[0];
      return !(endpoint?.path === '/metrics' && service?.spec?.ports?.some(({ name }) => name === endpoint.port)) && `nothing fetches its metrics (${monitor ? called(monitor) : 'no monitor'})`;
    });
  },
  plants: [
    { fault: 'a monitor of a port that is not there', in: 'staging', plant: (r) => void (find(r, 'ServiceMonitor muster-user').spec!.endpoints![0]!.port = 'metrics'), expect: /nothing fetches/ },
    { fault: 'no monitor', in: 'production', plant: (r) => r.muster.splice(r.muster.indexOf(find(r, 'ServiceMonitor muster-auth')), 1), expect: /no monitor/ },
  ],
};
