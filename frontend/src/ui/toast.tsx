import { useSyncExternalStore } from 'react';
import { useSay } from '../lib/i18n/text';
import { useParts } from '../lib/parts';

export function Toasts() {
  const say = useSay();
  const { toasts } = useParts();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.all);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex flex-col items-center gap-2 px-4 pb-12">
      {shown.map(({ id, text, undo }) => (
        <div key={id} className="pointer-events-auto mb-12 flex w-full max-w-page animate-arrive items-center justify-between gap-3 rounded-large bg-ink px-4 py-2 text-surface">
          <span className="py-2 font-medium">{text}</span>
          {undo && (
            <button
              type="button"
              className="min-h-touch shrink-0 rounded-small px-3 font-bold underline underline-offset-4"
              onClick={() => {
                toasts.remove(id);
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
