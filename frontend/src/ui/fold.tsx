import ChevronDown from 'lucide-react/icons/chevron-down';
import type { ReactNode } from 'react';

/** Closed at first: one row that is always shown, so that nothing else on the screen moves, and what it opens to. */
export function Fold({ label, lined = false, children }: { label: string; /** Whether a line parts it from what is above. */ lined?: boolean; children: ReactNode }) {
  return (
    <details className={lined ? 'border-t border-line' : undefined}>
      <summary className="flex min-h-touch list-none items-center justify-between gap-3 font-medium">
        {label}
        {/* Folds lie in folds: only the row of its own turns the arrow. */}
        <ChevronDown aria-hidden className="size-icon shrink-0 transition-transform [details[open]>summary>&]:rotate-180" />
      </summary>
      {children}
    </details>
  );
}
