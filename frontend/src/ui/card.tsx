import type { ReactNode } from 'react';

/** A card holds one decision. It is set off by its surface and a hairline, never by a shadow. */
export function Card({ children, settled = false, as: Tag = 'article', label }: { children: ReactNode; settled?: boolean; as?: 'article' | 'section' | 'div'; label?: string }) {
  return (
    <Tag aria-label={label} className={`flex flex-col gap-3 rounded-large border bg-surface-raised p-4 ${settled ? 'border-good' : 'border-line'}`}>
      {children}
    </Tag>
  );
}

/** A large number with its unit in small letters. */
export function Figure({ value, unit }: { value: string; unit: string }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <span className="figures text-28 font-bold">{value}</span>
      <span className="text-14 text-ink-soft">{unit}</span>
    </p>
  );
}

export function Tag({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'good' | 'bad' }) {
  const tones = { plain: 'border-line text-ink-soft', good: 'border-good text-good', bad: 'border-bad text-bad' };
  return <span className={`inline-flex max-w-full shrink-0 items-center gap-1 self-start rounded-round border px-3 py-1 text-14 font-medium ${tones[tone]}`}>{children}</span>;
}
