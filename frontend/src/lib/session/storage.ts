/** localStorage, where a browser allows it; else a map that lasts as long as the page. */
const page = new Map<string, string>();

export const storage = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`muster.${name}`);
    } catch {
      return page.get(name) ?? null;
    }
  },
  write(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`muster.${name}`);
      else localStorage.setItem(`muster.${name}`, value);
    } catch {
      if (value === null) page.delete(name);
      else page.set(name, value);
    }
  },
};
