/** What the web app keeps on the device, by name. Values of other tabs are seen at once. */
export interface DeviceStorage {
  read(name: string): string | null;
  write(name: string, value: string | null): void;
  /** Takes everything of ours from the device but what has one of these names. */
  clear(but: readonly string[]): void;
  /** The names that begin so, in their order. */
  names(prefix: string): string[];
  /** Calls `listener` when another tab wrote a name that begins so. */
  onForeignChange(prefix: string, listener: () => void): () => void;
}

const OURS = 'muster.';

/** localStorage, where a browser allows it; else a map that lasts as long as the page. */
export function createBrowserStorage(): DeviceStorage {
  const page = new Map<string, string>();
  return {
    read(name) {
      try {
        return localStorage.getItem(OURS + name);
      } catch {
        return page.get(name) ?? null;
      }
    },
    write(name, value) {
      try {
        if (value === null) localStorage.removeItem(OURS + name);
        else localStorage.setItem(OURS + name, value);
      } catch {
        if (value === null) page.delete(name);
        else page.set(name, value);
      }
    },
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
        // Only what lasts as long as the page is there.
      }
      return all.filter((name) => name.startsWith(prefix)).sort();
    },
    onForeignChange(prefix, listener) {
      const heard = ({ key }: StorageEvent) => {
        // Without a key all was cleared.
        if (key === null || key.startsWith(OURS + prefix)) listener();
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}

/** Also what lasts as long as a tab; none of them where the browser allows none. */
function areas(): Storage[] {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return [];
  }
}
