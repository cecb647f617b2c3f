// What the checks read of a render: Kubernetes' objects, only as far as somebody asks for it.
export interface Labels { [key: string]: string }
interface Metadata { readonly name: string; labels?: Labels; annotations?: Labels }
interface EnvVar { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }

export interface Container {
  name: string;
  command?: string[];
  env?: EnvVar[];
  envFrom?: { configMapRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
}

interface PodSpec { initContainers?: Container[]; containers: Container[] }

export interface Peer {
  podSelector?: { matchLabels?: Labels };
  namespaceSelector?: { matchLabels?: Labels };
  ipBlock?: { cidr: string; except?: string[] };
}

export interface PolicyRule { from?: Peer[]; to?: Peer[]; ports?: { protocol: string; port: number }[] }

/** The union of what the kinds have; which of it is there follows from the kind. */
interface Spec {
  template?: { metadata?: Partial<Metadata>; spec: PodSpec };
  podSelector?: { matchLabels?: Labels };
  policyTypes?: string[];
  ingress?: PolicyRule[];
  egress?: PolicyRule[];
  /** Of an ExternalSecret. */
  data?: { secretKey: string }[];
  target?: { name: string };
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: Metadata;
  spec?: Spec;
  data?: Labels;
}

export interface PodOf {
  /** `Deployment muster-auth`. */
  readonly owner: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly containers: readonly Container[];
}

export const called = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;
export const ofKind = (manifests: readonly Manifest[], kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);

/** Every pod that a render can bring about, hooks and tests too. */
export function podsOf(manifests: readonly Manifest[]): PodOf[] {
  return manifests.flatMap((manifest): PodOf[] => {
    const { spec, metadata = {} } = manifest.kind === 'Pod' ? { spec: manifest.spec as unknown as PodSpec, metadata: manifest.metadata } : (manifest.spec?.template ?? {});
    // A Database of CloudNativePG has a `template` too, which is a word.
    if (!spec?.containers) return [];
    return [{ owner: called(manifest), labels: metadata.labels ?? {}, annotations: metadata.annotations ?? {}, containers: [...(spec.initContainers ?? []), ...spec.containers] }];
  });
}

export function selects(selector: Labels | undefined, labels: Labels): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}
