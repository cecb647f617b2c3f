import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';

/** `primary` is the one action that the person should take now; a screen has one such button at most. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-accent-ink border-transparent min-h-action text-18 font-bold',
  secondary: 'bg-surface-raised text-ink border-line min-h-touch font-medium',
  quiet: 'shrink-0 bg-transparent text-ink border-transparent min-h-touch font-medium underline decoration-line underline-offset-4',
  danger: 'bg-surface-raised text-bad border-bad min-h-touch font-medium',
};

export function buttonClass(kind: ButtonKind = 'secondary', wide = false): string {
  return `inline-flex items-center justify-center gap-2 rounded-large border px-4 py-2 text-center transition-transform active:scale-98 disabled:opacity-60 ${kinds[kind]} ${wide ? 'w-full' : ''}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  wide?: boolean;
  /** The button shows that its work is under way and takes no second press. */
  busy?: boolean;
  icon?: ReactNode;
}

export function Button({ kind = 'secondary', wide = false, busy = false, icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(kind, wide)} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {icon}
      <span className={busy ? 'animate-breathe' : undefined}>{children}</span>
    </button>
  );
}

export function ButtonLink({ to, kind = 'secondary', wide = false, icon, children }: { to: string; kind?: ButtonKind; wide?: boolean; icon?: ReactNode; children: ReactNode }) {
  return (
    <Link href={to} className={buttonClass(kind, wide)}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}

/** A round button with only a picture; a screen reader says `label`. */
export function IconButton({ label, children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className="inline-flex size-touch shrink-0 items-center justify-center rounded-round text-ink disabled:opacity-60"
    >
      {children}
    </button>
  );
}
