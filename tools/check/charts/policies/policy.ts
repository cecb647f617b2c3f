import type { Manifest, PodOf } from '../manifests';
import { called, containersOf, podsOf } from '../manifests';
import type { Render } from '../../../generate/charts/renders';

/** A fault that somebody could make, put into a good render; the policy must find it. */
export interface Plant {
  readonly fault: string;
  readonly in: 'local' | 'staging' | 'production';
  readonly plant: (render: Render) => void;
  readonly expect: RegExp;
}

/** What holds for every render of every environment. */
export interface Policy {
  readonly name: string;
  /** @returns what is wrong, a sentence each */
  readonly check: (render: Render) => string[];
  readonly plants: readonly Plant[];
}

export const allManifests = ({ muster, backing }: Render): Manifest[] => [...muster, ...backing];
export const allPods = (render: Render): PodOf[] => podsOf(allManifests(render));

/** One sentence for each container of each pod that `says` something is wrong with. */
export function perContainer(render: Render, says: (container: ReturnType<typeof containersOf>[number], pod: PodOf) => string | false | undefined): string[] {
  return allPods(render).flatMap((pod) =>
    containersOf(pod).flatMap((container) => {
      const fault = says(container, pod);
      return fault ? [`${pod.owner}, ${container.name}: ${fault}`] : [];
    }),
  );
}

export function perPod(render: Render, says: (pod: PodOf) => string | false | undefined): string[] {
  return allPods(render).flatMap((pod) => {
    const fault = says(pod);
    return fault ? [`${pod.owner}: ${fault}`] : [];
  });
}

/** For plants: the object `Kind name`, which must be there. */
export function find(render: Render, name: string): Manifest {
  const found = allManifests(render).find((manifest) => called(manifest) === name);
  if (!found) throw new Error(`a plant wants ${name}, which ${render.environment} does not render`);
  return found;
}

export function podOf(render: Render, owner: string): PodOf {
  const found = allPods(render).find((pod) => pod.owner === owner);
  if (!found) throw new Error(`a plant wants a pod of ${owner}, which ${render.environment} does not render`);
  return found;
}
