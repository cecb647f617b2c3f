import { useSyncExternalStore } from 'react';
import { useSay } from '../lib/i18n/text';

interface Shown {
  id: number;
  text: string;
  undo?: () => void;
}

const LIFE_MS = 5000;
let shown: readonly Shown[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function show(next: readonly Shown[]): void {
  shown = next;
  listeners.forEach((listener) => listener());
}

function remove(id: number): void {
  show(shown.filter((one) => one.id !== id));
}

/** Says what was done, for five seconds, and takes it back where that is possible. */
export function toast(text: string, undo?: () => void): void {
  const id = ++counter;
  show([...shown.slice(-1), undo ? { id, text, undo } : { id, text }]);
  setTimeout(() => remove(id), LIFE_MS);
}

/**
 * Does `work` after five seconds unless the person takes it back: instead of asking whether they are sure. Leaving
 * the page counts as meaning it.
 */
export function afterUndo(text: string, work: () => void, undone: () => void): void {
  let open = true;
  const settle = () => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    window.removeEventListener('pagehide', settle);
    work();
  };
  const timer = setTimeout(settle, LIFE_MS);
  window.addEventListener('pagehide', settle);
  toast(text, () => {
    open = false;
    clearTimeout(timer);
    window.removeEventListener('pagehide', settle);
    undone();
  });
}

export function Toasts() {
  const say = useSay();
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex flex-col items-center gap-2 px-4 pb-12">
      {toasts.map(({ id, text, undo }) => (
        <div key={id} className="pointer-events-auto mb-12 flex w-full max-w-page animate-arrive items-center justify-between gap-3 rounded-large bg-ink px-4 py-2 text-surface">
          <span className="py-2 font-medium">{text}</span>
          {undo && (
            <button
              type="button"
              className="min-h-touch shrink-0 rounded-small px-3 font-bold underline underline-offset-4"
              onClick={() => {
                remove(id);
                undo();
              }}
            >
              {say('toast.undo')}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
