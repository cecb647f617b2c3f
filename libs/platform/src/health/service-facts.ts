import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Release } from '../config/release';

export interface ServiceFacts {
  service: ServiceName;
  release: Release;
}

export const SERVICE_FACTS = Symbol('ServiceFacts');
