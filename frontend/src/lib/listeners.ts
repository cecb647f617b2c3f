export interface Listeners {
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void;
  tell(): void;
}

/** A list of listeners in the shape that React's useSyncExternalStore takes. */
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
