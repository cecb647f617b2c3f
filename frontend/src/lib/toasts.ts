import { createListeners, type Listeners } from './listeners';

interface Shown {
  id: number;
  text: string;
}

const LIFE_MS = 5000;

export interface Toasts {
  subscribe: Listeners['subscribe'];
  all(): readonly Shown[];
  /**
   * Says for five seconds what was done or what went wrong. A toast takes no tap: what can be undone offers that in its own
   * place.
   */
  toast(text: string): void;
}

export function createToasts(): Toasts {
  const { subscribe, tell } = createListeners();
  let shown: readonly Shown[] = [];
  let counter = 0;

  const show = (next: readonly Shown[]) => {
    shown = next;
    tell();
  };
  const remove = (id: number) => show(shown.filter((one) => one.id !== id));
  const toast = (text: string) => {
    const id = ++counter;
    show([...shown.slice(-1), { id, text }]);
    setTimeout(() => remove(id), LIFE_MS);
  };

  return {
    subscribe,
    all: () => shown,
    toast,
  };
}
