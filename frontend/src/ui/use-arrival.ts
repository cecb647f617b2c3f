import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'wouter';

/** The screen that was arrived at last. The one that the page was loaded with keeps the browser's own focus. */
let arrivedAt: string | null = null;

/** Puts the focus on a screen's title when it is opened: else it would be lost, and nobody would be told where they are. */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  useEffect(() => {
    document.title = `${title} · Muster`;
  }, [title]);
  useEffect(() => {
    if (arrivedAt !== null && arrivedAt !== path && !heading.current?.ownerDocument.activeElement?.matches('main input, main textarea')) {
      heading.current?.focus({ preventScroll: true });
    }
    arrivedAt = path;
  }, [path]);
  return heading;
}
