import { createListeners, type Listeners } from '../listeners';
import type { DeviceStorage } from './storage';

export type Hat = 'worker' | 'contractor';

export interface Hats {
  subscribe: Listeners['subscribe'];
  preferred(): string | null;
  wear(hat: Hat): void;
}

/** Keeps on the device which of two hats somebody wears. */
export function createHats(storage: DeviceStorage): Hats {
  const { subscribe, tell } = createListeners();
  return {
    subscribe,
    preferred: () => storage.read('hat'),
    wear(hat) {
      storage.write('hat', hat);
      tell();
    },
  };
}
