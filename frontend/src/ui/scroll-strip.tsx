import { useEffect, useRef, useState, type ReactNode } from 'react';

/** A row that scrolls sideways where it is too long. Only then does the keyboard stop at it, so that arrow keys can scroll it. */
export function ScrollStrip({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => setScrolls(element.scrollWidth > element.clientWidth);
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    look();
    return () => watcher.disconnect();
  }, [children]);
  return (
    <ul ref={list} aria-label={label} tabIndex={scrolls ? 0 : undefined} className={`no-scrollbar flex overflow-x-auto ${className}`}>
      {children}
    </ul>
  );
}
