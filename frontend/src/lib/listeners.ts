export interface Listeners {
  /** @returns stops it */
  subscribe(listener: () => void): () => void;
  tell(): void;
}

/** Who wants to know when something changed; the shape that React's useSyncExternalStore takes. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: () => listeners.forEach((listener) => listener()),
  };
}
