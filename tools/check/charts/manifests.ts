// What the policies read of a render: Kubernetes' objects, only as far as somebody asks for it.
export interface Labels { [key: string]: string }

export interface Metadata {
  readonly name: string;
  labels?: Labels;
  annotations?: Labels;
}

export interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seccompProfile?: { type: string };
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  privileged?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
}

export interface Probe {
  httpGet?: { path: string; port: string | number };
  tcpSocket?: { port: string | number };
  exec?: { command: string[] };
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string }; fieldRef?: { fieldPath: string } };
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: EnvVar[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  securityContext?: SecurityContext;
  resources?: { requests?: Labels; limits?: Labels };
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
}

export interface Volume {
  name: string;
  emptyDir?: { sizeLimit?: string; medium?: string };
  hostPath?: unknown;
  secret?: { secretName: string };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: SecurityContext;
  terminationGracePeriodSeconds?: number;
  topologySpreadConstraints?: { topologyKey: string; whenUnsatisfiable: string; maxSkew: number; labelSelector?: { matchLabels?: Labels } }[];
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
}

interface Peer {
  podSelector?: { matchLabels?: Labels };
  namespaceSelector?: { matchLabels?: Labels };
  ipBlock?: { cidr: string; except?: string[] };
}

export interface PolicyRule {
  from?: Peer[];
  to?: Peer[];
  ports?: { protocol: string; port: number }[];
}

/** The union of what the kinds have; which of it is there follows from the kind. */
export interface Spec {
  replicas?: number;
  minReadySeconds?: number;
  strategy?: { type: string; rollingUpdate?: { maxUnavailable: number | string; maxSurge: number | string } };
  selector?: Labels & { matchLabels?: Labels };
  template?: { metadata?: Partial<Metadata>; spec: PodSpec };
  minReplicas?: number;
  maxReplicas?: number;
  scaleTargetRef?: { kind: string; name: string };
  maxUnavailable?: number | string;
  minAvailable?: number | string;
  unhealthyPodEvictionPolicy?: string;
  podSelector?: { matchLabels?: Labels };
  policyTypes?: string[];
  ingress?: PolicyRule[];
  egress?: PolicyRule[];
  ports?: { name: string; port: number; targetPort: string | number }[];
  type?: string;
  endpoints?: { port: string; path: string }[];
  activeDeadlineSeconds?: number;
  backoffLimit?: number;
  tls?: { hosts: string[]; secretName: string }[];
  rules?: { host?: string; http?: { paths: { path: string; backend: { service: { name: string; port: { name?: string; number?: number } } } }[] }; matches?: { path: { value: string } }[]; backendRefs?: { name: string; port: number }[] }[];
  data?: { secretKey: string; remoteRef: { key: string; property: string } }[];
  target?: { name: string };
  imageName?: string;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: Metadata;
  spec?: Spec;
  data?: Labels;
  stringData?: Labels;
  automountServiceAccountToken?: boolean;
}

export interface PodOf {
  /** `Deployment muster-auth`. */
  readonly owner: string;
  readonly manifest: Manifest;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: PodSpec;
  /** Of install, upgrade or test; undefined for what runs all the time. */
  readonly hook: string | undefined;
}

export const called = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;
export const ofKind = (manifests: readonly Manifest[], kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);
export const hookOf = ({ metadata }: Manifest): string | undefined => metadata.annotations?.['helm.sh/hook'];

/** Every pod that a render can bring about, hooks and tests too. */
export function podsOf(manifests: readonly Manifest[]): PodOf[] {
  return manifests.flatMap((manifest): PodOf[] => {
    const spec = manifest.kind === 'Pod' ? (manifest.spec as unknown as PodSpec) : manifest.spec?.template?.spec;
    // A Database of CloudNativePG has a `template` too, which is a word.
    if (!spec?.containers) return [];
    const metadata = manifest.kind === 'Pod' ? manifest.metadata : manifest.spec?.template?.metadata;
    return [{ owner: called(manifest), manifest, labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {}, spec, hook: hookOf(manifest) }];
  });
}

export const containersOf = ({ spec }: PodOf): Container[] => [...(spec.initContainers ?? []), ...spec.containers];

export function selects(selector: Labels | undefined, labels: Labels): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

/** Mebibytes of a quantity. */
export function mebibytes(quantity: string): number {
  const [, number = '0', unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(number) * (unit === 'Gi' ? 1024 : 1);
}
