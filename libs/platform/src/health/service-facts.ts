import type { ServiceName } from '@muster/contracts/kernel/ids';

export interface ServiceFacts {
  service: ServiceName;
  /** Of the release, as the image or the package names it. */
  version: string;
}

export const SERVICE_FACTS = Symbol('ServiceFacts');
