import type { ReactNode } from 'react';

/** A large switch for a setting that takes effect at once. */
export function Switch({ on, onChange, label, detail, icon }: { on: boolean; onChange: (on: boolean) => void; label: string; detail: string; icon?: ReactNode }) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      onClick={() => onChange(!on)}
      className={`flex min-h-action w-full flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-large border p-4 text-start ${
        on ? 'border-good bg-good text-surface-raised' : 'border-line bg-surface-raised'
      }`}
    >
      {icon}
      <span className="grow basis-words">
        <span className="block text-18 font-bold">{label}</span>
        <span className={`block text-14 ${on ? '' : 'text-ink-soft'}`}>{detail}</span>
      </span>
      <span aria-hidden className={`flex h-8 w-ring shrink-0 items-center rounded-round border-2 p-1 ${on ? 'justify-end border-surface-raised' : 'justify-start border-ink-soft'}`}>
        <span className={`size-6 rounded-round ${on ? 'bg-surface-raised' : 'bg-ink-soft'}`} />
      </span>
    </button>
  );
}

interface ChipsProps<Value extends string | number> {
  /** A screen reader says `spoken` where `label` is an abbreviation. */
  options: ReadonlyArray<{ value: Value; label: string; spoken?: string; detail?: string }>;
  selected: ReadonlySet<Value>;
  onToggle: (value: Value) => void;
  /** Whether exactly one option can be chosen; otherwise any number can. */
  one?: boolean;
}

/** Options to choose from, each large enough for a thumb. */
export function Chips<Value extends string | number>({ options, selected, onToggle, one = false }: ChipsProps<Value>) {
  return (
    <div className="flex flex-wrap gap-2" role={one ? 'radiogroup' : 'group'}>
      {options.map(({ value, label, spoken, detail }) => {
        const chosen = selected.has(value);
        return (
          <button
            key={value}
            type="button"
            aria-label={spoken}
            {...(one ? { role: 'radio', 'aria-checked': chosen } : { 'aria-pressed': chosen })}
            onClick={() => onToggle(value)}
            className={`min-h-touch rounded-large border px-4 py-2 text-start ${chosen ? 'border-ink bg-ink text-surface' : 'border-line bg-surface-raised'}`}
          >
            <span className="block font-medium">{label}</span>
            {detail && <span className={`block text-14 ${chosen ? '' : 'text-ink-soft'}`}>{detail}</span>}
          </button>
        );
      })}
    </div>
  );
}
