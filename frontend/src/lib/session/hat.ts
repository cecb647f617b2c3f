import { useSyncExternalStore } from 'react';
import { useMe } from './session';
import { storage } from './storage';

export type Hat = 'worker' | 'contractor';
const listeners = new Set<() => void>();

/** The hat worn now by somebody who has both; else the one they have. */
export function useHat(): Hat | null {
  const { roles } = useMe();
  const preferred = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => storage.read('hat'),
  );
  const hats = (['worker', 'contractor'] as const).filter((hat) => roles.includes(hat));
  return hats.find((hat) => hat === preferred) ?? hats[0] ?? null;
}

export function wear(hat: Hat): void {
  storage.write('hat', hat);
  listeners.forEach((listener) => listener());
}
