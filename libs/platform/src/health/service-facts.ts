import type { ServiceName } from '@muster/contracts/kernel/ids';

export interface ServiceFacts {
  service: ServiceName;
  /** The version of the release, from the image or the package. */
  version: string;
}

export const SERVICE_FACTS = Symbol('ServiceFacts');
