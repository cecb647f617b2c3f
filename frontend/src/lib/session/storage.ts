/** What the web app keeps on the device, by name. Values of other tabs are seen at once. */
export interface DeviceStorage {
  read(name: string): string | null;
  write(name: string, value: string | null): void;
  /** Removes everything that Muster has written to the device, except under these names. */
  clear(but: readonly string[]): void;
  /** The names that begin with a prefix, sorted. */
  names(prefix: string): string[];
  /** Calls `listener` when another tab has written a name that begins with the prefix. */
  onForeignChange(prefix: string, listener: () => void): () => void;
}

/** Storage that lasts as long as the tab: it survives a reload, and other tabs do not see it. */
export type TabStorage = Pick<DeviceStorage, 'read' | 'write'>;

const OURS = 'muster.';

/** One of the browser's two stores; where the browser denies access, a map that lasts as long as the page. */
function keptIn(store: () => Storage, page: Map<string, string>): TabStorage {
  return {
    read(name) {
      try {
        return store().getItem(OURS + name);
      } catch {
        return page.get(name) ?? null;
      }
    },
    write(name, value) {
      try {
        if (value === null) store().removeItem(OURS + name);
        else store().setItem(OURS + name, value);
      } catch {
        if (value === null) page.delete(name);
        else page.set(name, value);
      }
    },
  };
}

export function createTabStorage(): TabStorage {
  return keptIn(() => sessionStorage, new Map());
}

export function createBrowserStorage(): DeviceStorage {
  const page = new Map<string, string>();
  return {
    ...keptIn(() => localStorage, page),
    clear(but) {
      for (const area of areas()) {
        for (const key of Object.keys(area)) {
          if (key.startsWith(OURS) && !but.includes(key.slice(OURS.length))) area.removeItem(key);
        }
      }
      for (const name of [...page.keys()]) if (!but.includes(name)) page.delete(name);
    },
    names(prefix) {
      let all = [...page.keys()];
      try {
        all = [...all, ...Object.keys(localStorage).filter((key) => key.startsWith(OURS)).map((key) => key.slice(OURS.length))];
      } catch {
        // The browser denies access, so only the map has names.
      }
      return all.filter((name) => name.startsWith(prefix)).sort();
    },
    onForeignChange(prefix, listener) {
      const heard = ({ key }: StorageEvent) => {
        // An event without a key says that everything was cleared.
        if (key === null || key.startsWith(OURS + prefix)) listener();
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}

/** The browser's two stores; empty where the browser denies access. */
function areas(): Storage[] {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return [];
  }
}
