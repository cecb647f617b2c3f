import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'wouter';
import { useParts } from '../lib/parts';

/**
 * Puts the focus on a screen's title when it is opened: else it would be lost, and nobody would be told where they are.
 * The screen that the page was loaded with keeps the browser's own focus.
 */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  const { arrivals } = useParts();
  useEffect(() => {
    document.title = `${title} · Muster`;
  }, [title]);
  useEffect(() => {
    // The screen before stays in the document, hidden, while the code of the one gone to is on its way: it is not the one
    // that was arrived at.
    if (heading.current?.getClientRects().length === 0) return;
    const active = heading.current?.ownerDocument.activeElement;
    const arrived = arrivals.last();
    const isNew = arrived.path !== path;
    // A screen that is drawn anew when all of it is there takes its first title away, and the focus with it.
    const isLost = active === heading.current?.ownerDocument.body;
    if ((isNew || (isLost && !arrived.byLoad)) && !active?.matches('main input, main textarea')) {
      heading.current?.focus({ preventScroll: true });
    }
    arrivals.arriveAt(path);
  }, [path, arrivals]);
  return heading;
}
