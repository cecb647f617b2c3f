/** What the steps read of Kubernetes' objects, no more. */
export interface Items<Kind> {
  readonly items: Kind[];
}

export interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: ReadonlyArray<{ readonly image: string; readonly ports?: ReadonlyArray<{ readonly containerPort: number }> }> };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: ReadonlyArray<{ readonly type: string; readonly status: string }>;
    readonly containerStatuses?: ReadonlyArray<{ readonly containerID?: string; readonly restartCount: number }>;
  };
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

export function restartsOf(pods: readonly Pod[]): number {
  return pods.flatMap((pod) => pod.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

interface OwnPod {
  readonly name: string;
  readonly namespace?: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** A ConfigMap that is readable under `/own`. */
  readonly files?: string;
  /** Never ready: it may wear a Service's labels without being sent its requests. */
  readonly neverReady?: boolean;
  /** Pod Security `restricted` refuses it then. */
  readonly mayBeRoot?: boolean;
}

/** A pod of the harness itself, which Pod Security `restricted` admits. */
export function ownPod({ name, namespace, image, command, labels, files, neverReady = false, mayBeRoot = false }: OwnPod): object {
  const volumes = [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }, ...(files ? [{ name: 'files', configMap: { name: files } }] : [])];
  const volumeMounts = [{ name: 'tmp', mountPath: '/tmp' }, ...(files ? [{ name: 'files', mountPath: '/own', readOnly: true }] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ...(namespace && { namespace }) },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { ...(!mayBeRoot && { runAsNonRoot: true }), runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      volumes,
      containers: [{
        name: 'own', image, command, volumeMounts, imagePullPolicy: 'IfNotPresent',
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        ...(neverReady && { readinessProbe: { exec: { command: ['node', '-e', 'process.exit(1)'] }, periodSeconds: 60 } }),
      }],
    },
  };
}

export function policy(name: string, spec: object, labels: object = {}): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, labels }, spec };
}
