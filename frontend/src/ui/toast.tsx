import { useSyncExternalStore } from 'react';
import { useParts } from '../lib/parts';

/** Shows the toasts at the top of the screen. Taps go through them, and the action at the bottom stays in sight. */
export function Toasts() {
  const { toasts } = useParts();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.all);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 top-0 z-20 flex flex-col items-center gap-2 px-4 pt-2">
      {shown.map(({ id, text }) => (
        <p key={id} className="w-full max-w-page animate-arrive rounded-large bg-ink px-4 py-3 font-medium text-surface">
          {text}
        </p>
      ))}
    </div>
  );
}
