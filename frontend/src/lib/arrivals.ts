export interface Arrivals {
  /** The screen that was opened last; `byLoad` if the page was loaded with it. */
  last(): { readonly path: string; readonly byLoad: boolean };
  arriveAt(path: string): void;
}

/** Remembers which screen the person is on, so that a screen that is drawn again does not count as opened again. */
export function createArrivals(loadedPath: string): Arrivals {
  let last = { path: loadedPath, byLoad: true };
  return {
    last: () => last,
    arriveAt(path) {
      if (path !== last.path) last = { path, byLoad: false };
    },
  };
}
