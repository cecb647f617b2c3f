/** What the steps read of Kubernetes' objects, no more. */
export interface Items<Kind> {
  readonly items: Kind[];
}

interface Named {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly creationTimestamp: string;
  };
}

export interface Pod extends Named {
  readonly spec: { readonly containers: ReadonlyArray<{ readonly name: string; readonly image: string; readonly ports?: ReadonlyArray<{ readonly containerPort: number }> }> };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: ReadonlyArray<{ readonly type: string; readonly status: string }>;
    readonly containerStatuses?: ReadonlyArray<{ readonly containerID?: string; readonly restartCount: number }>;
  };
}

export interface EndpointSlice extends Named {
  readonly endpoints?: ReadonlyArray<{ readonly conditions: { readonly ready?: boolean }; readonly targetRef?: { readonly name: string } }>;
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

export function restartsOf(pod: Pod): number {
  return pod.status.containerStatuses?.reduce((sum, { restartCount }) => sum + restartCount, 0) ?? 0;
}

interface OwnPod {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** A ConfigMap that is readable under `/own`. */
  readonly files?: string;
  /** Never ready: it may wear a Service's labels without being sent its requests. */
  readonly neverReady?: boolean;
}

/** A pod of the harness itself, which Pod Security `restricted` admits. */
export function ownPod({ name, image, command, labels, files, neverReady = false }: OwnPod): object {
  const volumes = [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }, ...(files ? [{ name: 'files', configMap: { name: files } }] : [])];
  const volumeMounts = [{ name: 'tmp', mountPath: '/tmp' }, ...(files ? [{ name: 'files', mountPath: '/own', readOnly: true }] : [])];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
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
