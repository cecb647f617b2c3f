export interface Arrivals {
  /** The screen that was arrived at last; `byLoad` where it is the one that the page was loaded with. */
  last(): { readonly path: string; readonly byLoad: boolean };
  arriveAt(path: string): void;
}

/** Which screen the person is on, so that a screen that is drawn anew is not taken for a new one. */
export function createArrivals(loadedPath: string): Arrivals {
  let last = { path: loadedPath, byLoad: true };
  return {
    last: () => last,
    arriveAt(path) {
      if (path !== last.path) last = { path, byLoad: false };
    },
  };
}
