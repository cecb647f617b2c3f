import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'wouter';
import { useParts } from '../lib/parts';

/**
 * Puts the focus on the title of a screen when the screen is opened. Otherwise the focus would be lost, and a screen
 * reader would not say which screen this is.
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
    // While the code of the next screen is on its way, the previous screen stays in the document, hidden. Nobody arrives
    // at a hidden screen.
    if (heading.current?.getClientRects().length === 0) return;
    const active = heading.current?.ownerDocument.activeElement;
    const arrived = arrivals.last();
    const isNew = arrived.path !== path;
    // A screen that is drawn again once its answers are there replaces its first title, and the focus is lost with it.
    const isLost = active === heading.current?.ownerDocument.body;
    if ((isNew || (isLost && !arrived.byLoad)) && !active?.matches('main input, main textarea')) {
      heading.current?.focus({ preventScroll: true });
    }
    arrivals.arriveAt(path);
  }, [path, arrivals]);
  return heading;
}
