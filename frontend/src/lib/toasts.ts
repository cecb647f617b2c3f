import { createListeners, type Listeners } from './listeners';

interface Shown {
  id: number;
  text: string;
  undo?: () => void;
}

const LIFE_MS = 5000;

export interface Toasts {
  subscribe: Listeners['subscribe'];
  all(): readonly Shown[];
  remove(id: number): void;
  /** Says what was done, for five seconds, and takes it back where that is possible. */
  toast(text: string, undo?: () => void): void;
  /**
   * Does `work` after five seconds unless the person takes it back: instead of asking whether they are sure. Leaving
   * the page counts as meaning it.
   */
  afterUndo(text: string, work: () => void, undone: () => void): void;
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
  const toast = (text: string, undo?: () => void) => {
    const id = ++counter;
    show([...shown.slice(-1), undo ? { id, text, undo } : { id, text }]);
    setTimeout(() => remove(id), LIFE_MS);
  };

  return {
    subscribe,
    all: () => shown,
    remove,
    toast,
    afterUndo(text, work, undone) {
      let open = true;
      const settle = (then: () => void) => {
        if (!open) return;
        open = false;
        clearTimeout(timer);
        window.removeEventListener('pagehide', leave);
        then();
      };
      const leave = () => settle(work);
      const timer = setTimeout(leave, LIFE_MS);
      window.addEventListener('pagehide', leave);
      toast(text, () => settle(undone));
    },
  };
}
