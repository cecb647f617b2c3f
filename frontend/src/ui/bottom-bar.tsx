import type { ComponentType, SVGProps } from 'react';
import { Link, useLocation } from 'wouter';

export interface BarItem {
  to: string;
  label: string;
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  /** How many things wait at that place. */
  waiting?: number;
}

/** The main menu: at the bottom of a phone, under the thumb; on screens wider than 1024 px at the side. */
export function BottomBar({ items, label }: { items: readonly BarItem[]; label: string }) {
  const [location] = useLocation();
  return (
    <nav
      aria-label={label}
      className="safe-bottom sticky bottom-0 z-10 border-t border-line bg-surface-raised wide:fixed wide:inset-y-0 wide:start-0 wide:w-rail wide:border-e wide:border-t-0"
    >
      <p className="hidden px-6 py-6 text-22 font-bold wide:block">Muster</p>
      <ul className="flex wide:flex-col wide:gap-1 wide:px-3">
        {items.map(({ to, label: words, icon: Icon, waiting }) => {
          const here = location === to || location.startsWith(`${to}/`);
          return (
            <li key={to} className="min-w-0 flex-1">
              <Link
                href={to}
                aria-current={here ? 'page' : undefined}
                className={`flex min-h-action flex-col items-center justify-center gap-px rounded-small px-1 text-14 wide:flex-row wide:justify-start wide:gap-6 wide:px-3 wide:text-16 ${
                  here ? 'font-bold text-ink wide:bg-surface' : 'text-ink-soft'
                }`}
              >
                <span className="relative">
                  <Icon aria-hidden className="size-6" strokeWidth={here ? 2.5 : 2} />
                  {waiting ? (
                    <span className="figures absolute -end-2 -top-1 flex wide:start-full wide:end-auto min-w-4 justify-center rounded-round bg-accent px-1 text-14 leading-tight font-bold text-accent-ink">
                      {waiting}
                    </span>
                  ) : null}
                </span>
                <span className="bar-label line-clamp-2 max-w-full text-center wide:text-start">{words}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
